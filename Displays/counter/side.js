/** Beside the desk: who is next and why, who waits by service, who is set aside; care at the foot. */
import { stateWord } from "/shared/care.js";
import { wholeMinutes } from "/shared/clock.js";
import { byId, code, dotted, fill, h, setText } from "/shared/dom.js";
import { drawMediators } from "./mediators.js";
import { reasonWord } from "./reasons.js";
import { openShortcuts } from "./shortcuts.js";

export function drawSide(console) {
  const focused = document.activeElement?.id;
  drawNext(console);
  drawWaiting(console);
  drawParked(console);
  drawMediators(console);
  if (focused) document.getElementById(focused)?.focus();
}

/** Ages grow by the daemon's clock, each second, without drawing anything else. */
export function tickSide({ clock, word }) {
  for (const element of document.querySelectorAll("[data-since]")) {
    const minutes = wholeMinutes(clock.age(Number(element.dataset.since)));
    setText(element, word(element.dataset.age ?? "minutes", { n: minutes }));
  }
}

function drawNext(console) {
  const { view, word } = console;
  fill(byId("next"), h("h3", {}, word("nextAndWhy")),
    view.next.length === 0 ? h("p", { class: "quiet empty" }, word("nobodyWaits")) : null,
    h("ol", { class: "queue" }, view.next.map((visit, index) => nextLine(console, visit, index))));
}

function nextLine(console, visit, index) {
  const { word, view } = console;
  const why = reasonWord(visit.reason, word);
  const reason = index === 0 ? word("nextBecause", { reason: why }) : why;
  const call = () => console.send(`/v1/counters/${console.counter}/call`, { visit: visit.visit },
    () => word("didCall", { number: visit.number }));
  return h("li", { class: index === 0 ? "first" : "" },
    code(visit.number, "big"),
    h("span", { class: "what" }, visit.serviceName,
      h("span", { class: "quiet" }, dotted(h("span", {}, reason),
        visit.language ? h("span", { lang: visit.language }, visit.endonym) : null))),
    h("span", { class: "figure age", "data-since": visit.waitingSince }),
    h("button", {
      class: "small", id: `call-${visit.visit}`, onclick: call,
      disabled: Boolean(view.current) || !view.isDayOpen,
      "aria-label": `${word("call")} ${visit.number}`,
    }, word("call")));
}

function drawWaiting({ view, word }) {
  fill(byId("waiting"), h("h3", {}, word("waitingByService")),
    h("ul", { class: "lines" }, view.waiting.map((line) => h("li", {},
      h("span", {}, line.serviceName, h("span", { class: "figure quiet range" }, rangeText(line))),
      h("strong", { class: "figure" }, String(line.count)),
      line.longestSince === undefined ? h("span", { class: "age" }, "—")
        : h("span", { class: "figure age", "data-since": line.longestSince, "data-age": "longest" })))));
}

/** "15–30 min": what somebody would be told who comes now; empty while no counter is open. */
export function rangeText({ waitFromMinutes: from, waitToMinutes: to }) {
  return from === undefined ? "" : `${from}–${to} min`;
}

function drawParked(console) {
  const { view, word } = console;
  const section = byId("parked");
  section.hidden = view.parked.length === 0;
  fill(section, h("h3", {}, word("onHold")),
    h("ul", { class: "queue" }, view.parked.map((visit) => parkedLine(console, visit))));
}

function parkedLine(console, visit) {
  const { word, view, counter } = console;
  const state = word(visit.status === "parked" ? "parkedState" : "leftState");
  const call = () => console.send(`/v1/counters/${counter}/call`, { visit: visit.visit },
    () => word("didCall", { number: visit.number }));
  const resume = () => console.send(`/v1/visits/${visit.visit}/resume`, undefined,
    () => word("didResume"));
  return h("li", {},
    code(visit.number, "big"),
    h("span", { class: "what" }, visit.serviceName, h("span", { class: "quiet" }, state)),
    h("span", { class: "figure age", "data-since": visit.since }),
    h("span", { class: "row" },
      h("button", {
        class: "small", id: `back-${visit.visit}`, onclick: call, disabled: Boolean(view.current),
        "aria-label": `${word("call")} ${visit.number}`,
      }, word("call")),
      h("button", {
        class: "small", id: `resume-${visit.visit}`, onclick: resume,
        "aria-label": `${word("resume")}: ${visit.number}`,
      }, word("resume"))));
}

/** What needs a person, in words; and the way to the keys. */
export function drawCare(console) {
  const { view, word } = console;
  const shape = JSON.stringify(view.care);
  const foot = byId("care");
  if (foot.dataset.shape === shape) return;
  foot.dataset.shape = shape;
  fill(foot,
    view.care.length === 0 ? h("span", { class: "state good" }, word("allWell"))
      : h("ul", { class: "cares" }, view.care.map((care) => careLine(care, word))),
    h("button", { class: "small plain", onclick: () => openShortcuts(console) },
      h("kbd", {}, "?"), ` ${word("shortcuts")}`));
}

function careLine(care, word) {
  const { kind, subject, state, waiting, since } = care;
  const key = { printer: "carePrinter", screen: "careScreen", slip: "careSlip" }[kind];
  const text = word(key, { subject, state: stateWord(state, word) });
  return h("li", { class: "state beyond" }, h("span", {}, dotted(
    h("span", {}, text),
    waiting > 0 ? h("span", {}, word("careWaiting", { n: waiting })) : null,
    since === undefined ? null : h("span", { class: "figure", "data-since": since }))));
}
