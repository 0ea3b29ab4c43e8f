/** Small helpers that build elements. No text is ever parsed as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element: `h("p", { class: "x", onclick }, "text", child, null)`. Null children are left out;
 * `on…` are listeners; `true` and `false` set and leave out an attribute.
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Drawings that were loaded, by name: a page that has lost the daemon keeps its pictograms. */
const drawings = new Map();

/** A pictogram of `/shared/icons`, in the colour of the text around it. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("aria-hidden", "true");
  drawing(name).then((group) => group && svg.append(group.cloneNode(true)));
  return svg;
}

/** Loads pictograms before they are needed. */
export function loadIcons(names) {
  return Promise.all(names.map(drawing));
}

function drawing(name) {
  if (!drawings.has(name)) drawings.set(name, load(name));
  return drawings.get(name);
}

/** The group `#icon` of the file; null, and another attempt the next time, when it is not there. */
async function load(name) {
  try {
    const response = await fetch(`/shared/icons/${encodeURIComponent(name)}.svg`);
    if (!response.ok) throw new Error(name);
    const file = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    const group = document.importNode(file.getElementById("icon"), true);
    group.removeAttribute("id");
    return group;
  } catch {
    drawings.delete(name);
    return null;
  }
}

/** The number of a ticket or a counter: isolated, so that no text around it turns it round. */
export function code(text, className = "") {
  return h("bdi", { class: `code ${className}`.trim(), dir: "ltr" }, text);
}

/**
 * A phrase `{text, language, direction}` in an element of its own language and direction.
 * `codes` replaces `{placeholders}` by isolated codes.
 */
export function phrase(name, { text, language, direction }, attributes = {}, codes = {}) {
  return h(name, { ...attributes, lang: language, dir: direction }, ...withCodes(text, codes));
}

/** Splits `text` at its `{placeholders}`; those without a code are left out. */
export function withCodes(text, codes) {
  return text.split(/(\{[a-z]+\})/).map((part) => {
    const placeholder = /^\{([a-z]+)\}$/.exec(part);
    if (!placeholder) return part === "" ? null : part;
    const value = codes[placeholder[1]];
    return value === undefined || value === null ? null : code(String(value));
  }).filter((part) => part !== null);
}

/** Parts with a dot between them; the dots stand outside, so that no direction moves them. */
export function dotted(...parts) {
  return parts.filter(Boolean).flatMap((part, index) => (
    index === 0 ? [part] : [h("span", { class: "dot", "aria-hidden": "true" }, "·"), part]));
}

/** Replaces the content of `element`. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets a text only if it changed, so that screen readers stay silent about what did not. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function byId(id) {
  return document.getElementById(id);
}
