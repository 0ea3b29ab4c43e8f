/**
 * The dialog that sends a visit on: type a few letters, arrow to the service, Enter. Tab and Space
 * tick that it comes back; Enter on the tick box sends it too.
 */
import { byId, code, fill, h } from "/shared/dom.js";

export function openForward(console) {
  const { view, word } = console;
  const number = view.current?.number;
  if (!number) return;
  const dialog = byId("dialog");
  const chooser = new Chooser(console, (target) => {
    dialog.close();
    const body = { service: target.service, ...(chooser.comesBack ? { comesBack: true } : {}) };
    console.send(`/v1/counters/${console.counter}/forward`, body,
      () => word("didForward", { name: target.serviceName }));
  });
  const [before, after] = word("forwardTitle").split("{number}");
  fill(dialog,
    h("h2", { id: "dialog-title" }, before, code(number), after ?? ""),
    chooser.input, chooser.list, chooser.nothing, chooser.backSwitch,
    h("form", { method: "dialog", class: "end" }, h("button", { class: "button" }, word("cancel"))));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
  chooser.input.focus();
}

class Chooser {
  #targets;
  #chosen;
  #shown = [];
  #active = 0;
  #word;
  #back;

  constructor({ view, word }, chosen) {
    this.#word = word;
    this.#chosen = chosen;
    this.#targets = view.targets.filter(({ service }) => service !== view.current.service);
    this.list = h("ul", { id: "targets", class: "targets", role: "listbox",
      "aria-label": word("forwardFilter") });
    this.nothing = h("p", { class: "quiet", role: "status" });
    this.input = h("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "targets",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
      placeholder: word("forwardFilter"), "aria-label": word("forwardFilter"), class: "filter",
      oninput: () => this.#filter(), onkeydown: (event) => this.#keyPressed(event),
    });
    this.#back = h("input", {
      type: "checkbox", id: "comes-back", onkeydown: (event) => this.#keyPressed(event),
    });
    this.backSwitch = h("div", { class: "switch" }, this.#back,
      h("label", { for: "comes-back" }, word("forwardComesBack")));
    this.#filter();
  }

  get comesBack() { return this.#back.checked; }

  #filter() {
    const parts = plain(this.input.value).split(/\s+/).filter(Boolean);
    this.#shown = this.#targets.filter((target) => {
      const text = plain(`${target.agencyName} ${target.serviceName}`);
      return parts.every((part) => text.includes(part));
    });
    this.#active = 0;
    this.nothing.textContent = this.#shown.length === 0 ? this.#word("forwardNone") : "";
    this.#draw();
  }

  #draw() {
    fill(this.list, this.#shown.map((target, index) => h("li", {
      id: `target-${index}`, role: "option", "aria-selected": String(index === this.#active),
      "data-service": target.service, onclick: () => this.#chosen(target),
    },
    h("span", {}, h("strong", {}, target.serviceName), h("span", { class: "quiet" }, target.agencyName)),
    h("span", { class: "figure quiet" }, this.#word("waitingCount", { n: target.waiting })))));
    this.input.setAttribute("aria-activedescendant", `target-${this.#active}`);
    this.list.children[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  #keyPressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && this.#shown.length > 0) {
      event.preventDefault();
      this.#active = (this.#active + step + this.#shown.length) % this.#shown.length;
      this.#draw();
    } else if (event.key === "Enter" && !event.repeat) {
      event.preventDefault();
      const target = this.#shown[this.#active];
      if (target) this.#chosen(target);
    }
  }
}

/** Small letters without accents, so that "migracao" finds "Migração". */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
