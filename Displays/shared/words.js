/**
 * The words of clients' languages, as the daemon publishes them (`GET /v1/languages/TAG`).
 * A word that a language lacks is taken from the host language and marked as being in it.
 */
import { read } from "./api.js";

export class Words {
  #packs = new Map();
  #host;

  constructor(hostLanguage, packs) {
    this.#host = hostLanguage;
    for (const pack of packs) this.#packs.set(pack.tag, pack);
  }

  /** Loads every language of the venue at once: a kiosk must not ask for words when offline. */
  static async load() {
    const { hostLanguage, languages } = await read("/v1/languages");
    const packs = await Promise.all(
      languages.map(({ tag }) => read(`/v1/languages/${encodeURIComponent(tag)}`)));
    return new Words(hostLanguage, packs);
  }

  get hostLanguage() { return this.#host; }

  direction(tag) { return this.#packs.get(tag)?.direction ?? "ltr"; }

  endonym(tag) { return this.#packs.get(tag)?.endonym ?? tag; }

  /** A term: `{text, language, direction}`, with plain values filled in. */
  term(tag, key, values = {}) {
    return this.#find(tag, (pack) => pack.words?.[key], key, values);
  }

  has(tag, key) { return Boolean(this.#packs.get(tag)?.words?.[key]); }

  service(tag, id) { return this.#find(tag, (pack) => pack.services?.[id], id); }
  need(tag, id) { return this.#find(tag, (pack) => pack.needs?.[id], id); }
  zone(tag, id) { return this.#find(tag, (pack) => pack.zones?.[id], id); }

  /** "Nobody", "1 person" or "{n} people before you". */
  peopleBefore(tag, count) {
    const key = count === 0 ? "noneBefore" : count === 1 ? "oneBefore" : "peopleBefore";
    return this.term(tag, key, { n: count });
  }

  #find(tag, pick, otherwise, values = {}) {
    for (const candidate of [tag, this.#host]) {
      const pack = this.#packs.get(candidate);
      const text = pack && pick(pack);
      if (text) return { text: filled(text, values), language: candidate, direction: pack.direction };
    }
    return { text: otherwise, language: this.#host, direction: this.direction(this.#host) };
  }
}

function filled(text, values) {
  return text.replace(/\{([a-z]+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}
