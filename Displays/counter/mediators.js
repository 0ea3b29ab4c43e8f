/** The pool of interpreters: who is free, and where the others are; reception sets their duty. */
import { byId, code, fill, h } from "/shared/dom.js";
import { capital } from "./reasons.js";

const DUTIES = [
  { path: "on-duty", label: "dutyOn", from: ["offDuty", "onBreak"] },
  { path: "break", label: "dutyBreak", from: ["onDuty"] },
  { path: "off-duty", label: "dutyOff", from: ["onDuty", "onBreak"] },
];

export function drawMediators(console) {
  const { view, word } = console;
  const section = byId("mediators");
  section.hidden = view.mediators.length === 0;
  fill(section, h("h3", {}, word("mediatorsTitle")),
    h("ul", { class: "pool" }, view.mediators.map((line) => mediatorLine(console, line))));
}

function mediatorLine(console, line) {
  const { word } = console;
  return h("li", { class: line.status === "onDuty" && !line.counter ? "free" : "" },
    code(line.mediator, "big"),
    h("span", { class: "what" }, h("span", {}, stateWord(line, word)),
      h("span", { class: "quiet" }, line.languages.join(" · "))),
    h("span", { class: "row" }, bringKey(console, line),
      console.mayAssign ? DUTIES.filter(({ from }) => from.includes(line.status))
        .map((duty) => dutyKey(console, line, duty)) : null));
}

function stateWord({ counter, status }, word) {
  return counter ? word("mediatorBusy", { counter }) : word(`mediator${capital(status)}`);
}

/** A free mediator can be brought to whoever is at this counter. */
function bringKey(console, { mediator, status, counter }) {
  const { view, word } = console;
  if (!view.current || status !== "onDuty" || counter || view.current.mediator) return null;
  const path = `/v1/counters/${console.counter}/take-mediator`;
  return h("button", {
    class: "small", id: `bring-${mediator}`, "aria-label": `${word("takeMediator")} ${mediator}`,
    onclick: () => console.send(path, { mediator }, () => word("didTakeMediator", { mediator })),
  }, word("takeMediator"));
}

function dutyKey(console, { mediator, counter }, { path, label }) {
  const { word } = console;
  const state = word(label);
  return h("button", {
    class: "small", id: `${path}-${mediator}`, "aria-label": `${state}: ${mediator}`,
    disabled: Boolean(counter) || !console.view.isDayOpen,
    onclick: () => console.send(`/v1/mediators/${encodeURIComponent(mediator)}/${path}`, undefined,
      () => word("didDuty", { mediator, state })),
  }, state);
}
