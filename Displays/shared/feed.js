/**
 * One event stream of one view, kept alive.
 *
 * The daemon sends a heartbeat every 2 s and the whole view after each change, so nothing can be
 * missed: after any break the newest view simply comes again. What is older than `STALE_MILLISECONDS`
 * is not the truth any more, and the page is told so.
 */
import { DaemonClock } from "./clock.js";

/** Without a heartbeat for this long, what the page shows is old. */
export const STALE_MILLISECONDS = 5_000;
/** Without a heartbeat for this long, the connection is thrown away and opened anew. */
const REOPEN_MILLISECONDS = 9_000;
/** Waits between attempts to open the stream; the last one repeats. */
const RETRY_MILLISECONDS = [300, 1_000, 2_000, 4_000];
const TICK_MILLISECONDS = 250;

export class Feed extends EventTarget {
  clock = new DaemonClock();
  view = null;
  /** The daemon's time at the last heartbeat: how old a view is that nobody refreshes. */
  asOf = null;
  #url;
  #source = null;
  #attempt = 0;
  #lastBeat = performance.now();
  #openedAt = 0;
  /** Null until the first heartbeat, or until it is overdue. */
  #isLive = null;
  #retryTimer = null;

  /**
   * Events: `view` (new view in `.view`), `gone` (there is no such view any more), `state` (`isLive`
   * changed), `tick` (about once a second).
   */
  constructor(url) {
    super();
    this.#url = url;
    this.#open();
    this.#tickSoon(0);
  }

  get isLive() { return this.#isLive === true; }

  /** True when heartbeats are overdue. */
  get isLost() { return this.#isLive === false; }

  #open() {
    this.#source?.close();
    this.#openedAt = performance.now();
    const source = new EventSource(this.#url);
    this.#source = source;
    source.addEventListener("heartbeat", (event) => this.#beat(JSON.parse(event.data)));
    source.addEventListener("view", (event) => {
      this.view = JSON.parse(event.data);
      this.dispatchEvent(new Event("view"));
    });
    source.addEventListener("gone", () => this.dispatchEvent(new Event("gone")));
    source.addEventListener("error", () => {
      if (source === this.#source && source.readyState === EventSource.CLOSED) this.#reopenLater();
    });
  }

  #beat(heartbeat) {
    this.#attempt = 0;
    this.#lastBeat = performance.now();
    this.asOf = heartbeat.now;
    this.clock.beat(heartbeat);
    this.#setLive(true);
  }

  #reopenLater() {
    clearTimeout(this.#retryTimer);
    const wait = RETRY_MILLISECONDS[Math.min(this.#attempt, RETRY_MILLISECONDS.length - 1)];
    this.#attempt += 1;
    this.#retryTimer = setTimeout(() => this.#open(), wait * (0.75 + Math.random() / 2));
  }

  #tickSoon(count) {
    const now = performance.now();
    if (now - this.#lastBeat > STALE_MILLISECONDS) this.#setLive(false);
    if (now - Math.max(this.#lastBeat, this.#openedAt) > REOPEN_MILLISECONDS) {
      this.#openedAt = now;
      this.#reopenLater();
    }
    if (count % 4 === 0) this.dispatchEvent(new Event("tick"));
    setTimeout(() => this.#tickSoon(count + 1), TICK_MILLISECONDS);
  }

  #setLive(isLive) {
    if (this.#isLive === isLive) return;
    this.#isLive = isLive;
    this.dispatchEvent(new Event("state"));
  }
}
