/** Every counter: free, busy with whom, on a break, closed. */
import { timer } from "/shared/clock.js";
import { byId, code, fill, h } from "/shared/dom.js";
import { sign } from "/shared/sign.js";

export function drawCounters(view, clock, word) {
  const agencies = new Map(view.agencies.map((line) => [line.agency, line]));
  fill(byId("counters"), h("h2", {}, word("countersTitle")),
    h("ul", { class: "grid" }, view.counters.map((counter) => {
      const status = counter.number ? counter.visitStatus ?? "called" : counter.status;
      const agency = agencies.get(counter.agency);
      return h("li", { class: `counter ${status}`, title: agency?.name ?? "" },
        h("span", { class: "label" }, agency ? sign(agency.sign) : null, code(counter.label)),
        h("strong", {}, counter.number ? code(counter.number) : ""),
        h("span", { class: "status" }, word(`counterStatus.${status}`)),
        counter.status === "closed" ? null
          : h("span", { class: "figure age" }, timer(clock.age(counter.since))));
    })));
}
