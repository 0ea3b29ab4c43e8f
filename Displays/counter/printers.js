/**
 * Printers and slips at the console: what needs somebody at the foot, with its keys, and the dialog
 * with every printer and every slip in doubt. By keyboard: S, Tab, Enter.
 */
import { read, Refused, Unreachable } from "/shared/api.js";
import { careDetails, careSentence, screensTogether } from "/shared/care.js";
import { byId, code, dotted, fill, h } from "/shared/dom.js";
import { discardKey, printerChoice, printerLines, retryKey, slipLines } from "/shared/printers.js";
import { openShortcuts } from "./shortcuts.js";
import { tickSide } from "./side.js";

/** More slips than this stand in the dialog only: the foot must stay a foot. */
const FOOT_SLIPS = 2;

/** What needs a person, in words; and the ways to printers and keys. */
export function drawCare(console) {
  const { view, word } = console;
  const shape = JSON.stringify(view.care);
  const foot = byId("care");
  if (foot.dataset.shape === shape) return;
  foot.dataset.shape = shape;
  const focused = document.activeElement?.id;
  const devices = screensTogether(view.care).filter(({ kind }) => kind !== "slip");
  const slips = view.care.filter(({ kind }) => kind === "slip");
  const more = slips.length - FOOT_SLIPS;
  fill(foot,
    view.care.length === 0 ? h("span", { class: "state good" }, word("allWell"))
      : h("ul", { class: "cares" },
        slips.slice(0, FOOT_SLIPS).map((care) => careLine(console, care)),
        more > 0 ? h("li", { class: "state beyond" }, word("careMoreSlips", { n: more })) : null,
        devices.map((care) => careLine(console, care))),
    h("span", { class: "row" },
      h("button", {
        class: "small plain", id: "open-printers", onclick: () => console.run("printers"),
      }, h("kbd", {}, "S"), ` ${word("printersTitle")}`),
      h("button", {
        class: "small plain", id: "open-shortcuts", onclick: () => openShortcuts(console),
      }, h("kbd", {}, "?"), ` ${word("shortcuts")}`)));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function careLine(console, care) {
  const { word } = console;
  const { kind, subject, state, level, since, printer } = care;
  const isStuck = console.view.care.some((other) => other.kind === "printer"
    && other.subject === printer && other.level === "beyond");
  const keys = {
    word, act: (path, said) => console.send(path, undefined, said), place: "care-",
    choose: isStuck ? () => console.run("printers") : null,
  };
  return h("li", { "data-care": kind === "screens" ? kind : subject }, h("span", { class: `state ${level}` },
    h("span", {}, dotted(
      h("span", {}, careSentence(care, word)),
      ...careDetails(care, word).map((text) => h("span", { class: "figure" }, text)),
      since === undefined ? null : h("span", { class: "figure", "data-since": since })))),
  kind !== "slip" ? null : h("span", { class: "row" },
    state === "retrying" ? null : retryKey(subject, keys),
    discardKey(subject, keys)));
}

/** The dialog. It follows the hall while it is open; what is being chosen stays. */
export async function openPrinters(console) {
  const { word, feed } = console;
  const dialog = byId("dialog");
  const chosen = new Map();
  let drawnCare = null;

  async function draw() {
    drawnCare = JSON.stringify(console.view.care);
    const { printers, slips } = await read("/v1/printers");
    const focused = document.activeElement;
    if (dialog.open && focused instanceof HTMLSelectElement) return;
    fill(dialog, content(console, printers, slips, chosen));
    tickSide(console);
    if (!dialog.open || !focused || dialog.contains(document.activeElement)) return;
    (document.getElementById(focused.id) ?? firstKey(dialog)).focus();
  }

  function follow() {
    if (JSON.stringify(console.view.care) === drawnCare) return;
    // The next change draws again; a page that has lost the daemon says so by itself.
    draw().catch((error) => {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    });
  }

  await draw();
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
  firstKey(dialog).focus();
  feed.addEventListener("view", follow);
  dialog.addEventListener("close", () => feed.removeEventListener("view", follow), { once: true });
}

/** Of the first slip, else the one that closes. */
function firstKey(dialog) {
  return dialog.querySelector(".slips button") ?? dialog.querySelector("form button");
}

function content(console, printers, slips, chosen) {
  const { view, word } = console;
  // Whoever has slips to look after goes on with the next one; keys must not reach the counter.
  const act = (path, said) => {
    if (slips.length <= 1) byId("dialog").close();
    console.send(path, undefined, said);
  };
  const context = { printers, nearest: view.nearestPrinter, chosen, word, act };
  return [
    h("h2", { id: "dialog-title" }, word("printersTitle")),
    h("h3", {}, word("slipsTitle")),
    slips.length === 0 ? h("p", { class: "state good" }, word("slipsNone"))
      : [slipLines(slips, context), h("p", { class: "quiet" }, word("slipsHint"))],
    view.current ? hereNow(view.current, context) : null,
    h("h3", {}, word("printersOf")),
    printerLines(printers, word),
    h("form", { method: "dialog", class: "end" }, h("button", { class: "button" }, word("close"))),
  ];
}

/** One more slip for whoever is at this counter. */
function hereNow({ visit, number }, context) {
  const { word, act, nearest, printers } = context;
  if (printers.length === 0) return null;
  const where = printerChoice({ number, printer: nearest ?? printers[0].printer }, context);
  return h("p", { class: "row here-now" },
    h("span", {}, word("slipHereNow")), code(number, "big"), where,
    h("button", {
      class: "small", id: "reprint-here", onclick: () => act(
        `/v1/visits/${visit}/reprint?printer=${encodeURIComponent(where.value)}`,
        () => word("didReprint", { number, printer: where.value })),
    }, word("reprint")));
}
