/** What a phone says to a link that leads to no visit: it is wrong, or its day is over. */
import { read } from "/shared/api.js";
import { byId, fill, h, icon, phrase } from "/shared/dom.js";

/** Languages are asked one by one: the venue's first ones are enough. */
const LANGUAGES = 6;

/** Nobody is known here, so no language is: all of these are said, the host's first. */
const SENTENCES = {
  pt: "Esta ligação está errada ou o seu dia já terminou. Os números valem só no próprio dia.",
  en: "This link is wrong, or its day is over. Numbers are good for one day only.",
  ar: "هذا الرابط غير صحيح أو انتهى يومه. الأرقام صالحة ليوم واحد فقط.",
  es: "Este enlace es incorrecto o su día ya terminó. Los números solo valen para un día.",
  fr: "Ce lien est incorrect ou sa journée est terminée. Les numéros ne valent qu’un seul jour.",
};

export async function notFound() {
  document.title = "Rossio";
  const packs = await firstPacks();
  const inPacks = packs.map(({ tag }) => tag);
  const tags = [...new Set([...inPacks.slice(0, 1), ...Object.keys(SENTENCES), ...inPacks])];
  fill(byId("visit"), h("section", { class: "now" }, icon("person", "pictogram"),
    tags.map((tag) => said(tag, packs.find((pack) => pack.tag === tag)))));
}

/** The words of the venue's first languages, the host's before all; none when they cannot be had. */
async function firstPacks() {
  try {
    const { hostLanguage, languages } = await read("/v1/languages");
    const here = languages.map(({ tag }) => tag);
    const tags = new Set([hostLanguage, ...here.slice(0, LANGUAGES),
      ...here.filter((tag) => Object.hasOwn(SENTENCES, tag))]);
    return await Promise.all(
      [...tags].map((tag) => read(`/v1/languages/${encodeURIComponent(tag)}`)));
  } catch {
    return [];
  }
}

function said(tag, pack) {
  const direction = pack?.direction ?? (tag === "ar" ? "rtl" : "ltr");
  const texts = [SENTENCES[tag], pack?.words?.askReception].filter(Boolean);
  if (texts.length === 0) return null;
  return h("div", {}, texts.map((text, index) => phrase(index === 0 ? "strong" : "p",
    { text, language: tag, direction })));
}
