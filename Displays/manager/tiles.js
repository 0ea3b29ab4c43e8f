/** Six tiles: a figure, its count, its formula. */
import { wholeMinutes } from "/shared/clock.js";
import { byId, code, fill, h } from "/shared/dom.js";

/** Until targets are configured for each service: a wait of this many minutes is too long. */
export const LIMIT_MINUTES = 45;
/** Amber from this part of the limit on. */
export const NEAR = 0.8;

/** "good", "near" or "beyond" for a wait in minutes. */
export function levelOf(minutes) {
  if (minutes >= LIMIT_MINUTES) return "beyond";
  return minutes >= LIMIT_MINUTES * NEAR ? "near" : "good";
}

export function drawTiles(view, clock, word) {
  fill(byId("tiles"),
    waiting(view, word), longest(view, clock, word), wait(view.lastHour, "tileWait", word),
    wait(view.wholeDay, "tileWaitDay", word), counters(view, word), today(view, word));
}

function waiting(view, word) {
  return tile("tileWaiting", word, {
    value: view.waitingNow, unit: word("people"),
    note: word("tileWaitingFormula", { n: view.waitingNow, priority: view.waitingPriority }),
  });
}

function longest(view, clock, word) {
  if (!view.longest) return tile("tileLongest", word, { value: "—", note: "n = 0" });
  const minutes = wholeMinutes(clock.age(view.longest.waitingSince));
  const [before, after] = word("tileLongestFormula", { agency: view.longest.agencyName })
    .split("{number}");
  return tile("tileLongest", word, {
    value: minutes, unit: "min", level: levelOf(minutes),
    note: h("span", {}, before, code(view.longest.number), after ?? ""),
  });
}

/** `waits` holds count, p50, p90 and mean in milliseconds. */
function wait(waits, name, word) {
  const minutes = (value) => (value === undefined ? "—" : Math.round(value / 60_000));
  return tile(name, word, {
    value: minutes(waits.p50Milliseconds), unit: "min",
    note: word(`${name}Formula`, {
      n: waits.count, p: minutes(waits.p90Milliseconds), mean: minutes(waits.meanMilliseconds),
    }),
  });
}

function counters(view, word) {
  return tile("tileCounters", word, {
    value: view.countersOpen, unit: `/ ${view.counters.length}`,
    note: word("tileCountersFormula", { busy: view.countersBusy, paused: view.countersPaused }),
  });
}

function today({ totals }, word) {
  return tile("tileToday", word, {
    value: totals.done,
    note: word("tileTodayFormula", { n: totals.issued, missed: totals.missed, left: totals.left }),
  });
}

function tile(name, word, { value, unit = "", note, level = "good" }) {
  const isNoted = level !== "good";
  return h("article", { class: `card tile ${isNoted ? level : ""}`.trim(), "data-tile": name },
    h("h2", {}, word(name)),
    h("p", { class: "value figure" }, String(value), h("span", { class: "unit" }, unit)),
    h("p", { class: "note figure" }, note),
    isNoted ? h("p", { class: `state ${level}` }, word(level, { n: LIMIT_MINUTES })) : null,
    h("p", { class: "how" }, word(`${name}How`)));
}
