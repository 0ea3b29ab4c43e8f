/**
 * Printers with their states, and slips in doubt with what can be done: the same on the console and
 * on the manager's page. State is a shape and a word, never colour alone.
 */
import { reasonWord, stateWord } from "./care.js";
import { code, dotted, h } from "./dom.js";

/** One line a printer: what it is, how it is, what waits, what is left of its roll. */
export function printerLines(printers, word) {
  return h("ul", { class: "printers" }, printers.map((line) => h("li", { "data-printer": line.printer },
    code(line.printer, "big"),
    h("span", { class: `state ${line.level}` },
      h("span", {}, dotted(
        h("strong", {}, stateWord(line.state, word)),
        line.since === undefined ? null
          : h("span", { class: "figure", "data-since": line.since, "data-age": "printerSince" })))),
    h("span", { class: "figure" }, word("printerWaiting", { n: line.waiting })),
    rollLeft(line.slipsLeft, word),
    h("span", { class: "quiet" }, dotted(
      h("span", {}, line.model),
      h("bdi", { dir: "ltr" }, line.address),
      line.backup ? h("span", {}, word("printerBackup", { printer: line.backup })) : null)))));
}

function rollLeft(slips, word) {
  if (slips === undefined) return h("span", { class: "quiet" }, word("printerLeftUnknown"));
  return h("span", { class: "figure" },
    slips === 0 ? word("printerLeftNone") : word("printerLeft", { n: slips }));
}

/** Where slips can come out: the printers that work, or `printer` alone when none does. */
function choices(printers, printer) {
  const working = printers.filter(({ canPrint }) => canPrint);
  return working.length > 0 ? working : printers.filter((line) => line.printer === printer);
}

/** Where it was, else what stands in for that, else the nearest, else any: the first that works. */
function usual(printers, printer, nearest) {
  const offered = choices(printers, printer);
  const backup = printers.find((line) => line.printer === printer)?.backup;
  const wanted = [printer, backup, nearest]
    .find((name) => offered.some((line) => line.printer === name));
  return wanted ?? offered[0]?.printer ?? printer;
}

/**
 * A choice of printers for the slip of `number`. `chosen` is a map that outlives the drawing: what
 * somebody has chosen stays, as long as it works.
 */
export function printerChoice({ number, printer }, { printers, nearest, chosen, word }) {
  const offered = choices(printers, printer);
  const kept = chosen.get(number);
  const now = offered.some((line) => line.printer === kept) ? kept : usual(printers, printer, nearest);
  return h("select", {
    id: `where-${number}`, "aria-label": word("slipWhere", { number }),
    onchange: (event) => chosen.set(number, event.target.value),
  }, offered.map((line) => h("option", { value: line.printer, selected: line.printer === now },
    line.level === "good" ? line.printer : `${line.printer} · ${stateWord(line.state, word)}`)));
}

/**
 * One line a slip that somebody has to look after, with its keys. `act(path, said)` sends a command;
 * without it there are no keys.
 */
export function slipLines(slips, context) {
  const { word, act } = context;
  return h("ul", { class: "slips" }, slips.map((slip) => h("li", { "data-slip": slip.number },
    code(slip.number, "big"),
    h("span", { class: `state ${slip.state === "retrying" ? "near" : "beyond"}` },
      h("span", {}, dotted(
        h("strong", {}, stateWord(slip.state, word)),
        h("span", {}, word("slipOn", { printer: slip.printer })),
        slip.isCopy ? h("span", {}, word("slipIsCopy")) : null,
        h("span", { class: "figure", "data-since": slip.since, "data-age": "printerSince" })))),
    // What exactly was seen is English, for whoever looks into it: a tooltip.
    slip.reason ? h("span", { class: "quiet evidence", title: slip.evidence },
      reasonWord(slip.reason, word)) : null,
    act ? slipKeys(slip, context) : null)));
}

function slipKeys(slip, context) {
  const { number } = slip;
  const { word, act, place = "" } = context;
  const where = printerChoice(slip, context);
  const path = `/v1/slips/${encodeURIComponent(number)}`;
  return h("span", { class: "row" }, where,
    key("retry", number, word("slipRetry"), place, () => act(
      `${path}/retry?printer=${encodeURIComponent(where.value)}`,
      ({ printer }) => word("didRetry", { number, printer }))),
    discardKey(number, context));
}

/** Its paper was seen, or is not needed. `place` tells the keys of two lists on one page apart. */
export function discardKey(number, { word, act, place = "" }) {
  return key("discard", number, word("slipDiscard"), place, () => act(
    `/v1/slips/${encodeURIComponent(number)}/discard`, () => word("didDiscard", { number })));
}

/** Print it where it was; `choose()` asks where when that is given, since it would only wait there. */
export function retryKey(number, { word, act, place = "", choose = null }) {
  return key("retry", number, word("slipRetry"), place, choose ?? (() => act(
    `/v1/slips/${encodeURIComponent(number)}/retry`,
    ({ printer }) => word("didRetry", { number, printer }))));
}

function key(name, number, label, place, onclick) {
  return h("button", {
    class: "small", id: `${place}${name}-${number}`, [`data-${name}`]: number,
    "aria-label": `${label}: ${number}`, onclick,
  }, label);
}
