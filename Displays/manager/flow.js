/** Where the numbers of the day are now: parts of one whole, each with its count. */
import { byId, fill, h } from "/shared/dom.js";

const PARTS = ["waiting", "called", "serving", "parked", "done", "missed", "left", "expired"];

export function drawFlow({ totals }, clock, word) {
  const whole = Math.max(1, totals.issued);
  fill(byId("flow"), h("h2", {}, word("flowTitle")),
    h("p", { class: "how" }, word("flowHow", { n: totals.issued })),
    h("ul", { class: "bars" }, PARTS.map((part) => {
      const bar = h("span", { class: `bar ${part}` });
      bar.style.inlineSize = `${(100 * totals[part]) / whole}%`;
      return h("li", {},
        h("span", { class: "name" }, word(`flow.${part}`)),
        h("span", { class: "track", "aria-hidden": "true" }, bar),
        h("strong", { class: "figure" }, String(totals[part])));
    })));
}
