/** The page of one mediator: own duty, and where to go when called. Of a client, number and language. */
import { command, read, Refused } from "/shared/api.js";
import { Chime } from "/shared/chime.js";
import { wholeMinutes } from "/shared/clock.js";
import { byId, code, dotted, fill, h, setText } from "/shared/dom.js";
import { Feed } from "/shared/feed.js";
import { logIn, session } from "/shared/session.js";
import { staffLanguage, staffWords } from "/shared/staff-words.js";

/** Between attempts to find the daemon at the start. */
const START_RETRY_MILLISECONDS = 3_000;
/** From this share of the cap on, the load is near it. */
const NEAR = 0.8;

/** What can be done about the own duty, by status; the first is the one that is wanted most. */
const DUTIES = {
  offDuty: [["on-duty", "mediatorGoOnDuty"]],
  onDuty: [["break", "mediatorTakeBreak"], ["off-duty", "mediatorGoOff"]],
  onBreak: [["on-duty", "mediatorBack"], ["off-duty", "mediatorGoOff"]],
};

class MediatorPage {
  #mediator;
  #word;
  #feed;
  #chime = new Chime(() => this.#drawSound());
  /** The call that was last heard, as number and ordinal. */
  #heard = null;
  #drawn = "";

  constructor(mediator, word) {
    this.#mediator = encodeURIComponent(mediator);
    this.#word = word;
    this.#feed = new Feed(`/v1/mediator/${this.#mediator}`);
    this.#feed.addEventListener("view", () => this.#draw());
    this.#feed.addEventListener("state", () => this.#drawConnection());
    this.#feed.addEventListener("tick", () => this.#tick());
    this.#drawSound();
  }

  #draw() {
    const { view } = this.#feed;
    const shape = JSON.stringify(view);
    if (shape === this.#drawn) return;
    this.#drawn = shape;
    fill(byId("title"), this.#word("mediatorTitle", { mediator: "" }).trimEnd(), " ",
      code(view.mediator), " · ", view.languages.join(" · "));
    this.#drawNow(view);
    this.#drawDuty(view);
    this.#tick();
    this.#listen(view.call);
  }

  #drawNow(view) {
    const { call, status, isDayOpen } = view;
    document.body.classList.toggle("called", Boolean(call));
    byId("now").className = `now ${status}`;
    if (call) return fill(byId("now"), this.#called(call));
    const word = status[0].toUpperCase() + status.slice(1);
    document.title = this.#word(`mediatorBig${word}`);
    return fill(byId("now"),
      h("p", { class: "status" }, this.#word(`mediatorBig${word}`)),
      h("p", { class: "hint" }, this.#word(isDayOpen ? `mediatorHint${word}` : "mediatorDayClosed")));
  }

  #called({ number, language, endonym, direction, counter, place, zone, ordinal }) {
    document.title = `${counter} · ${number}`;
    return [
      h("p", { class: "hint" }, this.#word("mediatorGoTo")),
      h("p", { class: "counter" }, code(counter)),
      h("p", { class: "place", lang: place.language, dir: place.direction },
        dotted(h("span", {}, zone.text), h("span", {}, place.text))),
      h("p", { class: "who" }, code(number), h("span", { lang: language, dir: direction }, endonym)),
      ordinal > 1 ? h("p", { class: "again" }, this.#word("mediatorAgain", { n: ordinal })) : null,
    ];
  }

  #drawDuty({ status, call, isDayOpen }) {
    fill(byId("duty"), DUTIES[status].map(([path, word], index) => h("button", {
      class: index === 0 && status !== "onDuty" ? "button main" : "button", "data-duty": path,
      disabled: Boolean(call) || !isDayOpen, onclick: () => this.#change(path),
    }, this.#word(word))),
    call ? h("p", { class: "quiet" }, this.#word("mediatorWhileCalled")) : null);
  }

  /** Sounds once for each call and each recall; what was there when the page opened sounds too. */
  #listen(call) {
    const key = call ? `${call.number}/${call.calledAt}` : null;
    if (key !== null && key !== this.#heard) this.#chime.play();
    this.#heard = key;
  }

  async #change(path) {
    const problem = byId("problem");
    problem.hidden = true;
    try {
      await command(`/v1/mediators/${this.#mediator}/${path}`);
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return logIn();
      const key = `refusal.${error.refusal}`;
      const known = this.#word(key);
      problem.textContent = !(error instanceof Refused) ? this.#word("unreachable")
        : known === key ? error.detail : known;
      problem.hidden = false;
    }
  }

  #drawSound() {
    const isOn = this.#chime.isOn;
    // The press itself turns it on: see `Chime`.
    fill(byId("sound"), isOn ? h("span", {}, this.#word("soundIsOn"))
      : h("button", { class: "small", id: "sound-on" }, this.#word("soundOn")));
  }

  #drawConnection() {
    const { isLive, isLost, asOf, clock } = this.#feed;
    const element = byId("connection");
    element.className = `state ${isLive ? "good" : "beyond"}`;
    const lost = asOf === null ? this.#word("connecting")
      : this.#word("lostSince", { time: clock.timeOfDay(asOf) });
    setText(element, isLive ? this.#word("connected") : lost);
    document.body.classList.toggle("stale", isLost);
    if (isLost) this.#checkSession();
  }

  /** A stream that ends may mean that the session has. */
  async #checkSession() {
    try {
      await read("/v1/session");
    } catch (error) {
      if (error instanceof Refused && error.status === 401) logIn();
    }
  }

  #tick() {
    const { clock, view } = this.#feed;
    if (!clock.isKnown || !view) return;
    setText(byId("time"), clock.timeOfDay(clock.now()));
    setText(byId("simulated"),
      clock.simulated ? this.#word("simulatedClock", { n: clock.speed }) : "");
    this.#drawLoad(view, clock);
  }

  /** Minutes with clients of the day against the cap, the call that is under way included. */
  #drawLoad(view, clock) {
    const busy = view.busySince === undefined ? 0 : clock.age(view.busySince);
    const minutes = wholeMinutes(view.workedMilliseconds + busy);
    const share = minutes / view.capMinutes;
    const state = share >= 1 ? "state beyond" : share >= NEAR ? "state near" : "";
    const text = this.#word("mediatorLoad", { n: minutes, cap: view.capMinutes });
    const shape = `${text}/${view.calls}`;
    if (byId("load").dataset.shape === shape) return;
    byId("load").dataset.shape = shape;
    fill(byId("load"),
      h("p", { class: "line" }, h("span", { class: `figure ${state}`, id: "load-text" }, text),
        h("span", { class: "figure" }, this.#word("mediatorCalls", { n: view.calls }))),
      h("progress", { max: String(view.capMinutes), value: String(minutes), "aria-labelledby": "load-text" }));
  }
}

async function start() {
  let word = staffWords(staffLanguage());
  try {
    const { hostLanguage } = await read("/v1/languages");
    word = staffWords(staffLanguage(hostLanguage));
    const who = await session();
    if (!who) return logIn();
    // Reception and managers may look on, as `/mediator/?id=m3`.
    const mediator = who.mediator ?? new URLSearchParams(location.search).get("id");
    if (!mediator) return refuse(word);
    await read(`/v1/mediator/${encodeURIComponent(mediator)}`);
    new MediatorPage(mediator, word);
  } catch (error) {
    if (error instanceof Refused) return refuse(word);
    setText(byId("connection"), word("cannotStart"));
    setTimeout(start, START_RETRY_MILLISECONDS);
  }
}

function refuse(word) {
  fill(byId("now"), h("p", { class: "hint" }, word("mediatorOnly")),
    h("a", { class: "button main", href: "/login/?next=/mediator/" }, word("login")));
}

start();
