/**
 * The manager's first page: real figures of now, each with its count and its formula. A figure that
 * is older than five seconds is blanked. `?wallboard` shows it without controls.
 */
import { command, read, Refused } from "/shared/api.js";
import { byId, fill, h, setText } from "/shared/dom.js";
import { Feed } from "/shared/feed.js";
import { logIn, session } from "/shared/session.js";
import { staffLanguage, staffWords } from "/shared/staff-words.js";
import { drawAgencies } from "./agencies.js";
import { drawArrivals } from "./arrivals.js";
import { drawCounters } from "./counters.js";
import { drawFlow } from "./flow.js";
import { drawNeeds } from "./needs.js";
import { drawPrinters } from "./printers.js";
import { drawTiles } from "./tiles.js";

const isWallboard = new URLSearchParams(location.search).has("wallboard");

class Dashboard {
  #word;
  #feed;
  #drawnControls = null;

  constructor(word) {
    this.#word = word;
    this.#feed = new Feed("/v1/dashboard/main");
    for (const event of ["view", "state", "tick"]) {
      this.#feed.addEventListener(event, () => this.#draw());
    }
    document.title = `${word("managerNow")} · Rossio`;
  }

  #draw() {
    const { view, clock } = this.#feed;
    const word = this.#word;
    this.#drawConnection();
    if (!view || !clock.isKnown) return;
    setText(byId("venue"), view.venue);
    this.#drawControls(Boolean(view.day));
    setText(byId("day"), view.day ? word("serviceDay", { day: view.day }) : word("noDay"));
    setText(byId("simulated"), clock.simulated ? word("simulatedClock", { n: clock.speed }) : "");
    if (!this.#feed.isLive) return;
    for (const draw of [drawTiles, drawAgencies, drawNeeds, drawCounters, drawFlow, drawArrivals]) {
      draw(view, clock, word);
    }
    drawPrinters(view, clock, word, isWallboard ? null : (path) => this.#send(path));
  }

  /** Truth or blank: without heartbeats there are no figures. */
  #drawConnection() {
    const { isLive, isLost, asOf, clock } = this.#feed;
    const element = byId("connection");
    element.className = `state figure ${isLive ? "good" : "beyond"}`;
    setText(element, isLive ? clock.timeOfDay(clock.now(), true) : this.#word("connecting"));
    byId("figures").classList.toggle("blank", isLost);
    byId("figures").toggleAttribute("inert", isLost);
    byId("figures").setAttribute("aria-hidden", String(isLost));
    const notice = byId("stale");
    notice.hidden = !isLost;
    if (!isLost) return;
    const since = asOf === null ? this.#word("connecting")
      : this.#word("lostSince", { time: clock.timeOfDay(asOf, true) });
    setText(notice, `${since}. ${this.#word("stale")}`);
  }

  #drawControls(isDayOpen) {
    if (this.#drawnControls === isDayOpen) return;
    this.#drawnControls = isDayOpen;
    const word = this.#word;
    document.body.classList.toggle("wallboard", isWallboard);
    if (isWallboard) {
      fill(byId("controls"), h("a", { href: "/manager/", class: "leave" }, word("leaveWallboard")));
      return;
    }
    const key = (label, onclick) => h("button", { class: "button", onclick }, word(label));
    fill(byId("controls"),
      isDayOpen ? key("closeDay", () => this.#askToClose())
        : key("openDay", () => this.#send("/v1/day/open")),
      key("print", () => print()),
      h("a", { href: "/manager/?wallboard", class: "button" }, `${word("wallboard")} ⤢`));
  }

  #askToClose() {
    const word = this.#word;
    const dialog = byId("dialog");
    fill(dialog, h("p", { id: "question" }, word("closeDayAsk")),
      h("form", { method: "dialog", class: "controls" },
        h("button", { class: "button", autofocus: true }, word("cancel")),
        h("button", { class: "button main", onclick: () => this.#send("/v1/day/close") },
          word("closeDay"))));
    dialog.setAttribute("aria-labelledby", "question");
    dialog.showModal();
  }

  async #send(path) {
    try {
      await command(path);
    } catch (error) {
      const key = `refusal.${error.refusal}`;
      const known = this.#word(key);
      const text = !(error instanceof Refused) ? this.#word("unreachable")
        : known === key ? error.detail : known;
      const dialog = byId("dialog");
      fill(dialog, h("p", { role: "alert" }, text),
        h("form", { method: "dialog" }, h("button", { class: "button" }, this.#word("close"))));
      if (!dialog.open) dialog.showModal();
    }
  }
}

async function start() {
  const { hostLanguage } = await read("/v1/languages");
  const word = staffWords(staffLanguage(hostLanguage));
  const who = await session();
  if (!who) return logIn();
  try {
    await read("/v1/dashboard/main");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fill(byId("figures"), h("p", { class: "notice" }, word("managerOnly"), " ",
      h("a", { href: "/login/?next=/manager/" }, word("login"))));
    return;
  }
  new Dashboard(word);
}

start();
