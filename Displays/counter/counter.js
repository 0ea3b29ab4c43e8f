/**
 * The console of one counter. This file finds out which counter it is, then joins feed, keys and
 * drawing: `here.js`, `side.js`, `mediators.js` and `printers.js` draw, `actions.js` says what can be
 * done, `finish.js`, `forward.js`, `notes.js`, `visit.js`, `printers.js` and `shortcuts.js` are the
 * dialogs.
 */
import { command, read, Refused, Unreachable } from "/shared/api.js";
import { byId, code, fill, h, setText } from "/shared/dom.js";
import { Feed } from "/shared/feed.js";
import { logIn, session } from "/shared/session.js";
import { staffLanguage, staffWords } from "/shared/staff-words.js";
import { availableActions, CALL_GUARD_MILLISECONDS, drawActions } from "./actions.js";
import { askForCounter, explainRefusal } from "./choose.js";
import { openFinish } from "./finish.js";
import { openForward } from "./forward.js";
import { drawHere, drawJourney, tickHere } from "./here.js";
import { Notes, openNote } from "./notes.js";
import { areSingleKeysOn, openShortcuts } from "./shortcuts.js";
import { drawCare, openPrinters } from "./printers.js";
import { drawSide, tickSide } from "./side.js";
import { reprint } from "./slips.js";
import { openMoreStops, openNewVisit } from "./visit.js";

/** Between attempts to find the daemon at the start. */
const START_RETRY_MILLISECONDS = 3_000;
/** Who issues numbers and says which mediator is on duty. */
const ASSIGNING_ROLES = ["reception", "manager", "administrator"];

class Console {
  #isSending = false;
  #lastCallAt = -Infinity;
  #actionsDrawn = "";

  constructor(counter, word, role) {
    this.counter = counter;
    this.mayAssign = ASSIGNING_ROLES.includes(role);
    this.word = word;
    this.notes = new Notes(counter, role, () => this.#draw());
    this.feed = new Feed(`/v1/console/${encodeURIComponent(counter)}`);
    this.feed.addEventListener("view", () => this.#viewChanged());
    this.feed.addEventListener("state", () => this.#drawConnection());
    this.feed.addEventListener("tick", () => this.#tick());
    addEventListener("keydown", (event) => this.#keyPressed(event));
  }

  get view() { return this.feed.view; }
  get clock() { return this.feed.clock; }
  get actions() { return availableActions(this); }

  /** Milliseconds in which the last action can still be taken back. */
  get undoMilliseconds() {
    const until = this.view?.undoUntil;
    return until === undefined ? 0 : Math.max(0, until - (this.clock.now() ?? until));
  }

  /** Runs an action by its name; the console says what came of it. */
  async run(name) {
    const action = this.actions.find((candidate) => candidate.name === name);
    if (!action || !action.isEnabled || this.#isSending) return;
    if (action.opens) return action.opens(this);
    if (name === "call-next" && !this.#mayCallAgain()) return this.say(this.word("tooSoon"));
    await this.send(action.path ?? `/v1/counters/${this.counter}/${name}`, undefined, action.said);
  }

  /** Sends a command and says `said(answer)`, or why it was refused. True when it was done. */
  async send(path, body, said) {
    this.#isSending = true;
    if (path.endsWith("/call-next")) this.#lastCallAt = performance.now();
    this.say("");
    try {
      const answer = await command(path, body);
      this.say(said(answer));
      return true;
    } catch (error) {
      this.#explain(error);
      return false;
    } finally {
      this.#isSending = false;
      byId("here").focus({ preventScroll: true });
    }
  }

  forward() { openForward(this); }

  finish() { openFinish(this); }

  async newVisit() {
    try {
      await openNewVisit(this);
    } catch (error) {
      this.#explain(error);
    }
  }

  async note() {
    try {
      await openNote(this);
    } catch (error) {
      this.#explain(error);
    }
  }

  moreStops() { openMoreStops(this); }

  async printers() {
    try {
      await openPrinters(this);
    } catch (error) {
      this.#explain(error);
    }
  }

  reprint() { reprint(this, this.view.current.visit, this.view.current.number); }

  say(text) {
    byId("refusal").replaceChildren();
    setText(byId("message"), text);
  }

  #explain(error) {
    byId("message").replaceChildren();
    if (error instanceof Unreachable) return setText(byId("refusal"), this.word("unreachable"));
    if (!(error instanceof Refused)) throw error;
    if (error.status === 401) return logIn();
    const key = `refusal.${error.refusal}`;
    const known = this.word(key);
    const isKnown = known !== key;
    fill(byId("refusal"), h("span", isKnown ? {} : { lang: "en" }, isKnown ? known : error.detail));
  }

  /** A second press within 2 s of one's own call is a slip of the finger. */
  #mayCallAgain() {
    return performance.now() - this.#lastCallAt >= CALL_GUARD_MILLISECONDS;
  }

  #keyPressed(event) {
    if (event.defaultPrevented || event.isComposing || byId("dialog").open) return;
    if (event.target.closest("input, select, textarea")) return;
    const isControl = event.target.closest("button, a, summary") !== null;
    if (isControl && (event.key === " " || event.key === "Enter")) return;
    const action = this.actions.find(({ matches }) => matches?.(event));
    if (!action && event.key !== "?") return;
    if (!action?.worksAlways && !areSingleKeysOn()) return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.key === "?") return openShortcuts(this);
    this.run(action.name);
  }

  #viewChanged() {
    this.#draw();
    this.notes.follow(this.view);
  }

  #draw() {
    const { view, word } = this;
    if (!view || !this.clock.isKnown) return;
    document.title = `${view.current?.number ?? "—"} · ${word("counterTitle", { counter: view.label })}`;
    fill(byId("title"), word("counterTitle", { counter: "" }).trimEnd(), " ", code(view.label),
      ` · ${view.agencyName}`);
    setText(byId("speaks"), view.languages.join(" · "));
    drawHere(this);
    drawJourney(this);
    drawSide(this);
    drawCare(this);
    this.#drawActions();
    this.#tick();
  }

  #drawActions() {
    const shape = JSON.stringify(this.actions);
    if (shape === this.#actionsDrawn) return;
    this.#actionsDrawn = shape;
    drawActions(this);
  }

  #drawConnection() {
    const { feed, word } = this;
    const element = byId("connection");
    element.className = `state ${feed.isLive ? "good" : "beyond"}`;
    const lost = feed.asOf === null ? word("connecting")
      : word("lostSince", { time: feed.clock.timeOfDay(feed.asOf) });
    setText(element, feed.isLive ? word("connected") : lost);
    document.body.classList.toggle("stale", feed.isLost);
    if (feed.isLost) this.#checkSession();
    this.#draw();
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
    const { clock } = this;
    if (!clock.isKnown || !this.view) return;
    setText(byId("time"), clock.timeOfDay(clock.now()));
    setText(byId("simulated"),
      clock.simulated ? this.word("simulatedClock", { n: clock.speed }) : "");
    tickHere(this);
    tickSide(this);
    this.#drawActions();
  }
}

async function start() {
  let word = staffWords(staffLanguage());
  try {
    const { hostLanguage } = await read("/v1/languages");
    word = staffWords(staffLanguage(hostLanguage));
    await begin(word);
  } catch (error) {
    if (error instanceof Refused) return explainRefusal(word, error.refusal === "code-refused" ? word("codeRefused") : error.detail);
    if (!(error instanceof Unreachable)) throw error;
    setText(byId("refusal"), word("cannotStart"));
    setTimeout(start, START_RETRY_MILLISECONDS);
  }
}

async function begin(word) {
  setText(byId("refusal"), "");
  const who = await session("counter");
  if (!who) return logIn();
  const counter = new URLSearchParams(location.search).get("id") ?? who.counter
    ?? (who.role === "counter" ? who.id : null);
  if (!counter) return askForCounter(word, who);
  try {
    await read(`/v1/console/${encodeURIComponent(counter)}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const key = error.status === 404 ? "noSuchCounter" : "notYourCounter";
    return askForCounter(word, who, word(key, { counter }));
  }
  new Console(counter, word, who.role);
}

start();
