/** Beside the desk: who is next and why, who waits by service, who is set aside. */
import { wholeMinutes } from "/shared/clock.js";
import { byId, code, dotted, fill, h, setText } from "/shared/dom.js";
import { drawMediators } from "./mediators.js";
import { reasonWord } from "./reasons.js";

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
