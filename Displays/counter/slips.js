/** Where the slips of this desk come out, and printing one again. */
import { stateWord } from "/shared/care.js";
import { h } from "/shared/dom.js";

const CHOICE = "rossio.outlet";
/** No slip: the client has a phone, or keeps the number in mind. */
const NOWHERE = "";

/**
 * The kiosk beside this desk, as chosen here before, or the nearest: outlets come in that order. Where
 * its printer does not print now, the nearest that does.
 */
export function outlet({ view: { outlets } }) {
  const chosen = localStorage.getItem(CHOICE);
  if (chosen === NOWHERE) return null;
  const usual = outlets.find(({ kiosk }) => kiosk === chosen) ?? outlets[0] ?? null;
  return usual?.canPrint ? usual : outlets.find(({ canPrint }) => canPrint) ?? usual;
}

export function outletField(console) {
  const { view, word } = console;
  const chosen = outlet(console)?.kiosk ?? NOWHERE;
  const option = (value, text, disabled = false) => h(
    "option", { value, selected: value === chosen, disabled }, text);
  const anyWorks = view.outlets.some(({ canPrint }) => canPrint);
  return h("div", { class: "field" },
    h("label", { for: "outlet" }, word("printAt")),
    h("select", {
      id: "outlet", onchange: (event) => localStorage.setItem(CHOICE, event.target.value),
    }, view.outlets.map(({ kiosk, printer, state, canPrint }) => option(kiosk,
      [kiosk, printer, canPrint ? null : stateWord(state, word)].filter(Boolean).join(" · "),
      anyWorks && !canPrint)),
    option(NOWHERE, word("printNowhere"))));
}

/** The slip once more, with the present stop first. */
export function reprint(console, visit, number) {
  const { view, word } = console;
  const { printer } = outlet(console) ?? view.outlets[0];
  return console.send(`/v1/visits/${visit}/reprint?printer=${encodeURIComponent(printer)}`, undefined,
    () => word("didReprint", { number, printer }));
}
