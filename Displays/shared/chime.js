/** A two-tone chime. Browsers let a page sound only after somebody has touched it once. */

/** Hertz and the second at which each tone begins; lower and shorter than the hall's. */
const TONES = [[523.25, 0], [659.25, 0.28], [783.99, 0.56]];
const TONE_SECONDS = 0.8;
const LOUDNESS = 0.4;

export class Chime {
  #context = null;
  #changed;

  /** `changed` is called when the sound has come on. */
  constructor(changed) {
    this.#changed = changed;
    for (const sign of ["click", "keydown"]) addEventListener(sign, () => this.#touched());
  }

  get isOn() { return this.#context?.state === "running"; }

  play() {
    if (!this.isOn) return;
    for (const [hertz, start] of TONES) this.#tone(hertz, this.#context.currentTime + start);
  }

  async #touched() {
    if (this.isOn) return;
    this.#context ??= new AudioContext();
    await this.#context.resume();
    this.#changed();
  }

  #tone(hertz, at) {
    const oscillator = this.#context.createOscillator();
    const gain = this.#context.createGain();
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(LOUDNESS, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + TONE_SECONDS);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(at);
    oscillator.stop(at + TONE_SECONDS);
  }
}
