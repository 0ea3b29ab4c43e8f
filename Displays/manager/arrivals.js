/** Arrivals by quarter hour: seen, expected and the reach of the forecast; then how true the ranges were. */
import { byId, fill, h } from "/shared/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 100;
const STEP = 10;

export function drawArrivals(view, clock, word) {
  const { arrivals, quarter, ranges, mediators } = view;
  fill(byId("arrivals"), h("h2", {}, word("arrivalsTitle")),
    h("p", { class: "how" }, word(arrivals.some((each) => each.quarter > quarter && isKnown(each))
      ? "arrivalsHow" : "arrivalsNoHistory")),
    arrivals.length > 0 ? chart(arrivals, quarter) : null,
    arrivals.length > 0 ? ends(arrivals) : null,
    h("p", { class: "figure" }, ranges.count === 0 ? word("rangesNone") : word("rangesHeld", {
      p: Math.round((100 * ranges.held) / ranges.count), n: ranges.count,
    })),
    h("p", { class: "figure" }, word("poolNow", {
      n: mediators.onDuty, busy: mediators.busy, paused: mediators.onBreak,
    })));
}

/** Nothing is known of what comes until a day of the same weekday is remembered. */
function isKnown({ expected }) { return expected !== undefined; }

/** One column for each quarter: seen is full, what comes is a line with its reach behind it. */
function chart(arrivals, now) {
  const first = arrivals[0].quarter;
  const last = arrivals.at(-1).quarter;
  const most = highest(arrivals);
  const width = (last - first + 1) * STEP;
  const picture = shape("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: "none", class: "chart",
    role: "img", "aria-label": summary(arrivals, now),
  });
  const length = (count) => (HEIGHT * count) / most;
  for (const { quarter, low, expected, high } of arrivals.filter(isKnown)) {
    const x = (quarter - first) * STEP + 1;
    const bar = (name, from, to) => picture.append(shape("rect", {
      class: name, x, width: STEP - 2, y: HEIGHT - length(to), height: length(to - from),
    }));
    if (quarter < now) {
      bar("seen", 0, expected);
    } else {
      bar("reach", low, high);
      bar("expected", Math.max(0, expected - most / 60), expected + most / 60);
    }
  }
  return picture;
}

function highest(arrivals) {
  return Math.max(1, ...arrivals.filter(isKnown).map(({ high }) => high));
}

/** The first and the last quarter under the picture, and the most that a column means. */
function ends(arrivals) {
  const most = highest(arrivals);
  return h("p", { class: "ends figure" },
    h("span", {}, time(arrivals[0].quarter)),
    h("span", {}, `≤ ${most}`),
    h("span", {}, time(arrivals.at(-1).quarter + 1)));
}

/** What a screen reader says of the picture. */
function summary(arrivals, now) {
  return arrivals.filter(isKnown).map(({ quarter, low, expected, high }) =>
    `${time(quarter)} ${quarter < now ? expected : `${low}–${high}`}`).join(", ");
}

/** The local time at which a quarter hour begins, "14:15". */
function time(quarter) {
  const pad = (value) => String(value).padStart(2, "0");
  return `${pad(Math.floor(quarter / 4))}:${pad((quarter % 4) * 15)}`;
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
