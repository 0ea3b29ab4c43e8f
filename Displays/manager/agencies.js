/** Agencies as bars: people waiting; at the end the longest wait and the open counters. */
import { wholeMinutes } from "/shared/clock.js";
import { byId, fill, h } from "/shared/dom.js";
import { levelOf } from "./tiles.js";
import { sign } from "/shared/sign.js";

export function drawAgencies(view, clock, word) {
  const most = Math.max(1, ...view.agencies.map(({ waiting }) => waiting));
  const lines = [...view.agencies].sort((a, b) => b.waiting - a.waiting)
    .map((line) => agencyLine(line, most, clock, word));
  fill(byId("agencies"), h("h2", {}, word("byAgency")),
    h("p", { class: "how" }, word("byAgencyHow")), h("ul", { class: "bars" }, lines));
}

function agencyLine(line, most, clock, word) {
  const minutes = line.longestSince === undefined ? 0 : wholeMinutes(clock.age(line.longestSince));
  const level = levelOf(minutes);
  const bar = h("span", { class: `bar ${level}` });
  bar.style.inlineSize = `${(100 * line.waiting) / most}%`;
  return h("li", {},
    sign(line.sign),
    h("span", { class: "name" }, line.name),
    h("span", { class: "track", "aria-hidden": "true" }, bar),
    h("strong", { class: "figure" }, String(line.waiting)),
    h("span", { class: `figure age ${level === "good" ? "" : `state ${level}`}` },
      line.longestSince === undefined ? "—" : word("minutes", { n: minutes })),
    h("span", { class: "figure open" },
      word("openOf", { open: line.openCounters, all: line.counters })));
}
