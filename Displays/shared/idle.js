/**
 * Watches for a person who has gone: `warn` after `idle` milliseconds without a touch or key, then
 * `expire` after `warning` more. Any sign of life starts again from the beginning.
 */
export class IdleWatch {
  #timer = null;
  #idle;
  #warning;
  #warn;
  #expire;

  constructor({ idle, warning, warn, expire }) {
    this.#idle = idle;
    this.#warning = warning;
    this.#warn = warn;
    this.#expire = expire;
  }

  start() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#warn(this.#warning);
      this.#timer = setTimeout(this.#expire, this.#warning);
    }, this.#idle);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Restarts only a watch that is running. */
  signOfLife() {
    if (this.#timer !== null) this.start();
  }
}
