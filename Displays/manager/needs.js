/** "Needs you": what to do, why, and what it will change. Facts only, the most urgent first. */
import { wholeMinutes } from "/shared/clock.js";
import { byId, fill, h } from "/shared/dom.js";
import { careDetails, careSentence, screensTogether } from "/shared/care.js";
import { levelOf } from "./tiles.js";

let drawn = "";

export function drawNeeds(view, clock, word) {
  const needs = [
    ...view.agencies.map((line) => agencyNeed(line, clock, word)),
    ...screensTogether(view.devices).map((device) => deviceNeed(device, clock, word)),
  ].filter(Boolean).sort((a, b) => b.urgency - a.urgency);
  // Only what changed is drawn again, so that a link keeps the focus.
  const isWall = document.body.classList.contains("wallboard");
  const shape = JSON.stringify([needs, isWall]);
  if (shape === drawn) return;
  drawn = shape;
  const focused = document.activeElement?.id;
  fill(byId("needs"), h("h2", {}, word("needsYou")),
    needs.length === 0 ? h("p", { class: "state good" }, word("needsYouNone"))
      : h("ul", {}, needs.map(({ level, what, why, subject }) => h("li", {},
        h("p", { class: `state ${level}` },
          h("strong", {}, subject && !isWall
            ? h("a", { href: "#printers", id: `need-${subject}` }, what) : what)),
        why ? h("p", { class: "how" }, why) : null))));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function agencyNeed(line, clock, word) {
  if (line.waiting === 0) return null;
  const values = {
    agency: line.name, n: line.waiting, open: line.openCounters, all: line.counters,
  };
  if (line.openCounters === 0) {
    return {
      urgency: 1000 + line.waiting, level: "beyond", what: word("needNoCounter", values),
      why: word("needNoCounterWhy"),
    };
  }
  const minutes = wholeMinutes(clock.age(line.longestSince));
  const level = levelOf(minutes);
  if (level === "good" || line.openCounters === line.counters) return null;
  return {
    urgency: minutes, level, what: word("needLonger", values),
    why: word("needLongerWhy", { n: minutes }),
  };
}

/** What works still comes after what does not; slips after the printers that spoilt them. */
const URGENCY = {
  printer: { beyond: 500, near: 100 }, slip: { beyond: 450, near: 50 },
  screen: { beyond: 400 }, screens: { beyond: 400 },
};

function deviceNeed(care, clock, word) {
  const { kind, level, since } = care;
  const why = [
    since === undefined ? null
      : word("needDeviceWhy", { time: wholeMinutes(clock.age(since)) }),
    ...careDetails(care, word),
  ].filter(Boolean).join(" · ");
  return {
    urgency: URGENCY[kind][level] ?? 1, level, what: careSentence(care, word), why,
    // Printers and slips are dealt with further down.
    subject: kind.startsWith("screen") ? null : care.subject,
  };
}
