/**
 * The dialog of the reception that builds a visit of several stops, or adds stops to the one at the
 * desk: type a few letters, Enter, and so on; Ctrl Enter takes the ticket.
 */
import { read } from "/shared/api.js";
import { byId, code, fill, h } from "/shared/dom.js";
import { ServiceChooser } from "./services.js";
import { outlet, outletField } from "./slips.js";

/** The daemon has the last word; more than this is a slip of the finger. */
const PEOPLE_LIMIT = 20;

export async function openNewVisit(console) {
  const { word } = console;
  const { hostLanguage, languages } = await read("/v1/languages");
  const language = h("select", { id: "language" }, languages.map(({ tag, endonym }) => h("option",
    { value: tag, lang: tag, selected: tag === hostLanguage }, endonym)));
  const people = h("input", {
    type: "number", id: "people", min: "1", max: String(PEOPLE_LIMIT), value: "1", inputmode: "numeric",
  });
  const priority = h("input", { type: "checkbox", id: "is-priority" });
  const voucher = h("input", { type: "text", id: "voucher", autocomplete: "off" });
  const builder = new StopBuilder(console, () => {
    const stops = builder.stops;
    byId("dialog").close();
    const body = {
      stops, language: language.value, people: Number(people.value) || 1, priority: priority.checked,
      ...(outlet(console) ? { kiosk: outlet(console).kiosk } : {}),
      ...(voucher.value.trim() ? { voucher: visitIn(voucher.value) } : {}),
    };
    console.send("/v1/visits", body, ({ number }) => word("didIssue", { number }));
  });
  builder.open(h("h2", { id: "dialog-title" }, word("newVisitTitle")), word("issue"), [
    h("div", { class: "field" }, h("label", { for: "language" }, word("language")), language),
    h("div", { class: "field" }, h("label", { for: "people" }, word("partySize")), people),
    outletField(console),
    h("div", { class: "field" }, h("label", { for: "voucher" }, word("returnVoucher")), voucher),
    h("div", { class: "switch" }, priority, h("label", { for: "is-priority" }, word("priority"))),
  ]);
}

/** The visit of a slip: what a reader makes of its QR code is an address that ends with it. */
function visitIn(text) { return text.trim().split("/").at(-1); }

/** Stops for the visit at the desk: it goes on to them when it is finished here. */
export function openMoreStops(console) {
  const { view: { current }, word } = console;
  if (!current) return;
  const taken = [current, ...current.planned].map(({ service }) => service);
  const builder = new StopBuilder(console, async () => {
    const { stops } = builder;
    byId("dialog").close();
    let added = 0;
    for (const stop of stops) {
      const isDone = await console.send(`/v1/visits/${current.visit}/plan`, stop,
        () => word("didAddStops", { n: added + 1 }));
      // What was refused is said; the others would come after it.
      if (!isDone) return;
      added += 1;
    }
  }, taken);
  const [before, after] = word("addStopsTitle").split("{number}");
  builder.open(h("h2", { id: "dialog-title" }, before, code(current.number), after ?? ""),
    word("addThem"), []);
}

/** The list of stops under way: `{target, isAfter, time}`. */
class StopBuilder {
  #console;
  #lines = [];
  #taken;
  #chooser;
  #list = h("ol", { class: "plan" });
  #send;
  #done;

  constructor(console, done, taken = []) {
    this.#console = console;
    this.#taken = taken;
    this.#done = done;
    this.#chooser = new ServiceChooser(console.word, console.word("stopsFilter"),
      (target) => this.#add(target));
  }

  get stops() {
    return this.#lines.map(({ target, isAfter, time }, index) => ({
      service: target.service,
      ...(isAfter && index > 0 ? { after: [this.#lines[index - 1].target.service] } : {}),
      ...(time ? { appointment: this.#console.clock.instantToday(time) } : {}),
    }));
  }

  open(title, label, fields) {
    const { word } = this.#console;
    const dialog = byId("dialog");
    this.#send = h("button", { class: "button main", id: "send-visit", onclick: () => this.#done() },
      h("span", {}, label), h("kbd", {}, "Ctrl ↵"));
    fill(dialog, title,
      fields.length > 0 ? h("div", { class: "fields" }, fields) : null,
      this.#list, this.#chooser.input, this.#chooser.list, this.#chooser.nothing,
      h("div", { class: "row end" },
        h("form", { method: "dialog" }, h("button", { class: "button" }, word("cancel"))), this.#send));
    dialog.onkeydown = (event) => {
      if (event.key !== "Enter" || !event.ctrlKey || this.#lines.length === 0) return;
      event.preventDefault();
      this.#done();
    };
    dialog.onclose = () => { dialog.onkeydown = null; dialog.onclose = null; };
    dialog.setAttribute("aria-labelledby", "dialog-title");
    this.#draw();
    dialog.showModal();
    this.#chooser.input.focus();
  }

  #add(target) {
    this.#lines.push({ target, isAfter: false, time: "" });
    this.#draw();
    this.#chooser.input.focus();
  }

  #remove(line) {
    this.#lines.splice(this.#lines.indexOf(line), 1);
    this.#draw();
    this.#chooser.input.focus();
  }

  #draw() {
    const { view, word } = this.#console;
    const taken = [...this.#taken, ...this.#lines.map(({ target }) => target.service)];
    this.#send.disabled = this.#lines.length === 0;
    fill(this.#list, this.#lines.length === 0 ? h("li", { class: "quiet" }, word("stopsNone"))
      : this.#lines.map((line, index) => this.#line(line, index)));
    this.#chooser.offer(view.targets.filter(({ service }) => !taken.includes(service)));
  }

  #line(line, index) {
    const { word } = this.#console;
    const { target } = line;
    const before = this.#lines[index - 1]?.target;
    const after = h("input", {
      type: "checkbox", id: `after-${target.service}`, checked: line.isAfter,
      onchange: (event) => { line.isAfter = event.target.checked; },
    });
    const time = h("input", {
      type: "time", id: `time-${target.service}`, value: line.time,
      onchange: (event) => { line.time = event.target.value; },
    });
    return h("li", { "data-stop": target.service },
      h("span", { class: "what" }, h("strong", {}, target.serviceName),
        h("span", { class: "quiet" }, target.agencyName)),
      before ? h("label", {}, after, " ", word("stopAfter", { name: before.serviceName })) : null,
      h("label", {}, word("stopAppointment"), " ", time),
      h("button", {
        class: "small", "aria-label": word("stopRemove", { name: target.serviceName }),
        onclick: () => this.#remove(line),
      }, "×"));
  }
}
