/** The kiosk: language, need, number. This file holds state, feed and time; `screens.js` draws. */
import { command, newKey, read, Refused, Unreachable } from "/shared/api.js";
import { byId, fill, h, loadIcons, phrase, setText } from "/shared/dom.js";
import { Feed } from "/shared/feed.js";
import { IdleWatch } from "/shared/idle.js";
import { session } from "/shared/session.js";
import { stopSpeaking, watchVoices } from "/shared/speech.js";
import { Words } from "/shared/words.js";
import * as flow from "./flow.js";
import { drawScreen } from "./screens.js";
import { showNoSuchKiosk, showNotEnrolled, showNotReached } from "./setup.js";
import { Tools } from "./tools.js";

/** Without a touch for this long, the kiosk asks whether anybody is there. */
const IDLE_MILLISECONDS = 45_000;
/** A number that has been read needs no 45 s. */
const TICKET_IDLE_MILLISECONDS = 25_000;
/** The time to answer; then everything is wiped, the language too. */
const WARNING_MILLISECONDS = 20_000;
/** Between attempts to find the daemon at the start. */
const START_RETRY_MILLISECONDS = 3_000;
/** Pictograms beside those of the needs; all must be there when the daemon is not. */
const ICONS = ["back", "check", "contrast", "paper", "person", "plus", "remove", "speaker", "warning"];
/** Steps whose screen says by itself that there is no connection, or needs none. */
const STEPS_WITHOUT_NOTICE = ["language", "ticket", "unreachable"];
/** Refusals that mean the same to a client: nobody gives out numbers now. */
const CLOSED_REFUSALS = [
  "day-not-open", "numbers-exhausted", "service-closed", "service-not-open-yet",
  "cannot-finish-before-closing", "service-is-full",
];

class Kiosk {
  state = flow.START;
  #updates = [];
  #idle = { language: null, ticket: null };
  #drawn = "";

  constructor(id, words) {
    this.id = id;
    this.words = words;
    this.feed = new Feed(`/v1/kiosk/${encodeURIComponent(id)}`);
    this.tools = new Tools(this);
    this.#idle.language = this.#watch(IDLE_MILLISECONDS);
    this.#idle.ticket = this.#watch(TICKET_IDLE_MILLISECONDS);
    this.feed.addEventListener("view", () => this.#viewChanged());
    this.feed.addEventListener("state", () => this.#stateChanged());
    this.feed.addEventListener("tick", () => this.#tick());
    for (const sign of ["pointerdown", "keydown"]) {
      addEventListener(sign, () => this.#signOfLife(), { capture: true });
    }
    addEventListener("contextmenu", (event) => event.preventDefault());
    watchVoices(() => this.draw());
  }

  get view() { return this.feed.view; }
  /** The language on the screen; the host's until one is chosen. */
  get language() { return this.state.language ?? this.words.hostLanguage; }

  term(key, values) { return this.words.term(this.language, key, values); }

  offer(service) { return this.view.offers.find((offer) => offer.service === service); }

  /** Whether tickets are given for `service` now, by the hall's clock. */
  isOpen(service) {
    const { clock } = this.feed;
    const tickets = this.offer(service)?.tickets;
    if (!tickets || !clock.isKnown) return true;
    const span = tickets.find(({ until }) => clock.now() < until);
    return span !== undefined && clock.now() >= span.from;
  }

  go(state) {
    stopSpeaking();
    const isNewScreen = state.step !== this.state.step || state.language !== this.state.language;
    this.state = state;
    this.draw();
    if (isNewScreen) this.#arrive();
    this.#restartWatch();
  }

  /** Runs `update` now and after each new view: figures change without disturbing the screen. */
  live(update) {
    this.#updates.push(update);
    update();
  }

  draw() {
    if (!this.view) return;
    this.#updates = [];
    this.#drawn = this.#shape();
    document.documentElement.lang = this.language;
    document.documentElement.dir = this.words.direction(this.language);
    fill(byId("screen"), drawScreen(this));
    this.tools.draw();
    this.#connectionChanged();
  }

  /** Asks for the ticket. The key outlives a lost answer, so that one tap makes one number. */
  async takeTicket() {
    if (this.state.step === "sending") return;
    this.go(flow.sent(this.state, newKey()));
    const asked = this.state;
    const outcome = await this.#ask(asked);
    if (this.state === asked) this.go(outcome);
  }

  async #ask(asked) {
    const services = flow.allMatters(asked).map(({ service }) => service);
    const what = services.length === 1 ? { service: services[0] }
      : { stops: services.map((service) => ({ service })) };
    const body = {
      ...what, language: asked.language, priority: asked.isPriority, kiosk: this.id,
    };
    try {
      return flow.gotTicket(asked, await command("/v1/visits", body, { key: asked.key }));
    } catch (error) {
      if (error instanceof Refused && error.status !== 429) {
        return flow.gotRefusal(asked, CLOSED_REFUSALS.includes(error.refusal) ? "closed" : "other");
      }
      if (error instanceof Refused) return flow.gotNoAnswer(asked);
      if (error instanceof Unreachable) {
        return flow.gotNoAnswer(asked, error.isAnswered ? null : this.feed.asOf);
      }
      throw error;
    }
  }

  /** Nothing of one person is left for the next. */
  wipe() {
    byId("still-there").close();
    this.tools.reset();
    this.go(flow.START);
  }

  #arrive() {
    scrollTo(0, 0);
    byId("screen").scrollTo(0, 0);
    byId("screen").querySelector("h1")?.focus();
  }

  /** What of the view decides which controls there are; figures do not. */
  #shape() {
    const { isDayOpen, languages, needs, offers } = this.view;
    return JSON.stringify([
      isDayOpen, this.feed.isLost && this.state.step === "language", languages, needs,
      offers.map(({ service, isStaffed }) => [service, isStaffed, this.isOpen(service)]),
    ]);
  }

  #viewChanged() {
    loadIcons(this.view.needs.map(({ icon }) => icon));
    this.#tick();
    if (this.#shape() !== this.#drawn) this.draw();
    else for (const update of this.#updates) update();
  }

  #stateChanged() {
    if (this.feed.isLive && this.state.step === "unreachable") {
      return this.go(flow.reachedAgain(this.state));
    }
    this.#connectionChanged();
  }

  /** A break too short to be overdue ends unseen: the next heartbeat tells that it is over. */
  #lookForDaemon() {
    const { step, lostAt } = this.state;
    if (step !== "unreachable" || lostAt === null || !this.feed.isLive) return;
    if (this.feed.asOf > lostAt) this.go(flow.reachedAgain(this.state));
  }

  #connectionChanged() {
    const isLost = this.feed.isLost;
    const notice = byId("offline");
    notice.hidden = !isLost || STEPS_WITHOUT_NOTICE.includes(this.state.step);
    fill(notice, isLost ? phrase("p", this.term("kioskOffline")) : null);
    if (this.view && this.#shape() !== this.#drawn) this.draw();
  }

  #tick() {
    this.#lookForDaemon();
    if (this.view && this.#shape() !== this.#drawn) this.draw();
    const { clock, view } = this.feed;
    setText(byId("venue"), view?.venue ?? "");
    setText(byId("time"), clock.isKnown && this.feed.isLive ? clock.timeOfDay(clock.now()) : "");
    setText(byId("simulated"), clock.simulated ? `simulated clock ×${clock.speed}` : "");
  }

  #watch(idle) {
    return new IdleWatch({
      idle,
      warning: WARNING_MILLISECONDS,
      warn: (milliseconds) => this.#warn(milliseconds),
      expire: () => this.wipe(),
    });
  }

  #restartWatch() {
    this.#idle.language.stop();
    this.#idle.ticket.stop();
    const isUntouched = this.state === flow.START && !this.tools.isChanged;
    if (isUntouched || this.state.step === "sending") return;
    (this.state.step === "ticket" ? this.#idle.ticket : this.#idle.language).start();
  }

  #signOfLife() {
    if (!byId("still-there").open) this.#restartWatch();
  }

  toolsChanged() { this.#restartWatch(); }

  #warn(milliseconds) {
    const dialog = byId("still-there");
    const carryOn = () => { dialog.close(); this.#restartWatch(); };
    dialog.oncancel = () => this.#restartWatch();
    fill(dialog,
      phrase("h1", this.term("kioskStillThere")),
      h("div", { class: "countdown", "aria-hidden": "true" }, h("div")),
      h("div", { class: "row" },
        phrase("button", this.term("kioskContinue"),
          { class: "button main", onclick: carryOn, autofocus: true }),
        phrase("button", this.term("kioskStartAgain"),
          { class: "button", onclick: () => this.wipe() })));
    dialog.style.setProperty("--warning", `${milliseconds}ms`);
    if (!dialog.open) dialog.showModal();
  }
}

async function start() {
  try {
    const id = kioskOf(await session("kiosk"));
    if (!id) return showNotEnrolled();
    if (!await isKnown(id)) return showNoSuchKiosk(id);
    await loadIcons(ICONS);
    const kiosk = new Kiosk(id, await Words.load());
    // For whoever looks into a kiosk with the browser's tools, and for the browser tests.
    globalThis.kiosk = kiosk;
  } catch (error) {
    if (error instanceof Refused) return showNotEnrolled(error.detail);
    setTimeout(start, START_RETRY_MILLISECONDS);
    showNotReached();
  }
}

/** An enrolled kiosk is itself; reception and managers may open any, as `/kiosk/?id=K1`. */
function kioskOf(who) {
  if (who?.role === "kiosk") return who.id;
  return who ? new URLSearchParams(location.search).get("id") : null;
}

/** Whether the venue has this kiosk: a stream of a view that is not there says nothing at all. */
async function isKnown(id) {
  try {
    await read(`/v1/kiosk/${encodeURIComponent(id)}`);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return false;
    throw error;
  }
}

start();
