/** Who is at the counter: the largest thing on the console; and where the visit has been today. */
import { timer, wholeMinutes } from "/shared/clock.js";
import { byId, code, dotted, fill, h, setText } from "/shared/dom.js";
import { goesOnPanel } from "./goes-on.js";
import { noteLines } from "./notes.js";
import { capital, reasonWord } from "./reasons.js";

let drawn = "";

export function drawHere(console) {
  const { view } = console;
  // Only what changed is drawn again: a live region must not repeat itself.
  const shape = JSON.stringify([view.current, view.status, view.isDayOpen, view.goesOn, view.current
    ? null : waitingCount(view), console.notes.on(view.current?.visit)]);
  if (shape === drawn) return;
  drawn = shape;
  fill(byId("here"), view.current ? present(console) : absent(console));
}

export function tickHere({ view, clock }) {
  const element = document.getElementById("timer");
  const current = view.current;
  if (!element || !current) return;
  const since = current.startedAt ?? current.calledAt ?? current.waitingSince;
  setText(element, timer(clock.age(since)));
}

function present(console) {
  const { view: { current }, word, clock } = console;
  const isServing = current.status === "serving";
  const arrived = word("arrivedAt", { time: clock.timeOfDay(current.issuedAt) });
  const waited = word("waitedFor", { n: wholeMinutes(current.waitedHereMilliseconds) });
  const from = current.earlier.at(-1);
  return [
    h("div", { class: "who" },
      h("p", { class: "number" }, code(current.number)),
      h("p", { class: "chips" },
        current.language ? h("span", { class: "chip", lang: current.language,
          dir: current.direction }, current.endonym) : null,
        current.help ? h("span", { class: "chip" }, helpWord(current, word)) : null,
        current.people > 1
          ? h("span", { class: "chip" }, word("partyOf", { n: current.people })) : null,
        current.comesBack ? h("span", { class: "chip" }, word("cameBack")) : null,
        current.isPriority ? h("span", { class: "chip priority" }, word("priority")) : null),
      h("p", { class: "quiet" }, dotted(
        h("span", {}, current.serviceName), h("span", {}, arrived), h("span", {}, waited),
        from ? h("span", {}, word("cameFrom", { name: from.agencyName })) : null)),
      current.reason ? h("p", { class: "quiet" }, because(current, word)) : null,
      noteLines(console)),
    h("div", { class: "since" },
      h("p", { id: "timer", class: "timer figure", "aria-hidden": "true" }),
      h("p", { class: "quiet" }, word(isServing ? "statusServing" : "statusCalled")),
      current.calledAt
        ? h("p", { class: "quiet" }, word("calledTimes",
          { n: current.calls, time: clock.timeOfDay(current.calledAt, true) })) : null),
  ];
}

function helpWord({ help, mediator }, word) {
  return word(`help${capital(help)}`, { mediator: mediator ?? "" });
}

/** "called because …", and the waits at earlier stops where they count. */
function because({ reason, waitedEarlierMilliseconds }, word) {
  const earlier = wholeMinutes(waitedEarlierMilliseconds);
  return dotted(
    h("span", {}, word("calledBecause", { reason: reasonWord(reason, word) })),
    earlier > 0 ? h("span", {}, word("waitedEarlier", { n: earlier })) : null);
}

function absent(console) {
  const { view, word } = console;
  if (view.goesOn) return goesOnPanel(console);
  const count = waitingCount(view);
  const hint = !view.isDayOpen ? word("dayClosed")
    : view.status === "paused" ? word("counterPaused")
      : view.status === "closed" ? word("counterClosed") : null;
  return h("div", { class: "who" },
    h("p", { class: "nobody" }, hint ?? word("nobodyHere")),
    h("p", { class: "quiet" }, count > 0 ? word("nobodyHereHint", { n: count })
      : word("nobodyWaits")));
}

function waitingCount(view) {
  return view.waiting.reduce((sum, line) => sum + line.count, 0);
}

export function drawJourney(console) {
  const { view: { current }, word, clock } = console;
  const section = byId("journey");
  section.hidden = !current
    || current.earlier.length + current.planned.length + current.hiddenStops === 0;
  if (section.hidden) return;
  const stops = current.earlier.map((stop) => earlierStop(stop, word, clock));
  stops.push(h("li", { class: "stop now" }, h("strong", {}, current.serviceName),
    h("span", {}, word("nowHere"))), ...current.planned.map((stop) => plannedStop(stop, word, clock)));
  fill(section, h("h3", {}, word("journey")), h("ol", { class: "stops" }, stops),
    current.hiddenStops > 0
      ? h("p", { class: "quiet" }, word("hiddenStops", { n: current.hiddenStops })) : null);
}

function plannedStop(stop, word, clock) {
  return h("li", { class: "stop" },
    h("strong", {}, stop.agencyName),
    stop.serviceName === stop.agencyName ? null : h("span", {}, stop.serviceName),
    h("span", { class: "figure" }, dotted(
      h("span", {}, stop.appointment === undefined ? word("plannedStop")
        : word("plannedAt", { time: clock.timeOfDay(stop.appointment) })),
      stop.comesBack ? h("span", {}, word("plannedBack")) : null)));
}

function earlierStop(stop, word, clock) {
  const times = [stop.startedAt, stop.endedAt].filter((time) => time !== undefined)
    .map((time) => clock.timeOfDay(time)).join("–");
  const outcome = stop.outcome ? word(`outcome${capital(stop.outcome)}`) : "";
  const isGood = stop.outcome === "finished" || stop.outcome === "forwarded";
  return h("li", { class: isGood ? "stop good" : "stop" },
    h("strong", {}, stop.agencyName),
    stop.serviceName === stop.agencyName ? null : h("span", {}, stop.serviceName),
    h("span", { class: "figure" }, `${times} ${isGood ? "✓" : "·"} ${outcome}`));
}
