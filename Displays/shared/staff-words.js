/**
 * What staff read. Portuguese and English are complete; any other host language falls back to
 * English. Words for clients never stand here: they come from the language packs.
 */
import { en } from "./staff-words-en.js";
import { pt } from "./staff-words-pt.js";

const PACKS = { en, pt };
const CHOICE = "rossio.staffLanguage";

/** The language of staff on this device: their own choice, else the host language, else English. */
export function staffLanguage(hostLanguage = document.documentElement.lang) {
  for (const tag of [localStorage.getItem(CHOICE), hostLanguage, hostLanguage?.split("-")[0]]) {
    if (tag && Object.hasOwn(PACKS, tag)) return tag;
  }
  return "en";
}

export function chooseStaffLanguage(tag) {
  if (Object.hasOwn(PACKS, tag)) localStorage.setItem(CHOICE, tag);
}

export const staffLanguages = Object.keys(PACKS);

/** A function `word(key, values)` in `tag`; the document takes that language. */
export function staffWords(tag) {
  document.documentElement.lang = tag;
  document.documentElement.dir = "ltr";
  const pack = PACKS[tag];
  return (key, values = {}) => (pack[key] ?? en[key] ?? key)
    .replace(/\{([a-z]+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Fills every element that carries `data-word` under `root`. */
export function fillWords(word, root = document) {
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
}
