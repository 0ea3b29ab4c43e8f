/**
 * The daemon's clock, as a page knows it. A page never uses its device's own time: that may be
 * wrong, and with `--speed` the daemon's runs faster.
 */
export class DaemonClock {
  #daemonNow = null;
  #receivedAt = 0;
  #speed = 1;
  #offsetMinutes = 0;
  #elapsed;

  /** `elapsed` gives milliseconds that only ever grow; tests hand in their own. */
  constructor(elapsed = () => performance.now()) {
    this.#elapsed = elapsed;
  }

  /** Takes a heartbeat: `{now, utcOffsetMinutes, speed, simulated}`. */
  beat({ now, utcOffsetMinutes = 0, speed = 1, simulated = false }) {
    this.#daemonNow = now;
    this.#receivedAt = this.#elapsed();
    this.#offsetMinutes = utcOffsetMinutes;
    this.#speed = speed;
    this.simulated = simulated;
  }

  simulated = false;

  get isKnown() { return this.#daemonNow !== null; }
  get speed() { return this.#speed; }

  /** Milliseconds since 1970 UTC by the daemon; null before the first heartbeat. */
  now() {
    if (this.#daemonNow === null) return null;
    return this.#daemonNow + (this.#elapsed() - this.#receivedAt) * this.#speed;
  }

  /** Age of an instant in milliseconds, never negative. */
  age(instant) {
    const now = this.now();
    return now === null ? 0 : Math.max(0, now - instant);
  }

  /** The instant of a wall time of today at the venue, "14:30". */
  instantToday(time) {
    const [hours, minutes] = time.split(":").map(Number);
    const local = new Date(this.now() + this.#offsetMinutes * 60_000);
    return local.setUTCHours(hours, minutes, 0, 0) - this.#offsetMinutes * 60_000;
  }

  /** Wall time at the venue, "10:32" or "10:32:07". */
  timeOfDay(instant, withSeconds = false) {
    const local = new Date(instant + this.#offsetMinutes * 60_000);
    return local.toISOString().slice(11, withSeconds ? 19 : 16);
  }
}

/** "00:48", "12:03", "1:02:03": a timer. */
export function timer(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const pad = (value) => String(value).padStart(2, "0");
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

/** Whole minutes, rounded down: "34". */
export function wholeMinutes(milliseconds) {
  return Math.floor(milliseconds / 60_000);
}
