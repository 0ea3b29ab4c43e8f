/** The dialog that says how a stop ended: a digit or Enter on an outcome; Enter at once says none. */
import { byId, code, fill, h } from "/shared/dom.js";

export function openFinish(console) {
  const { view, word } = console;
  const number = view.current?.number;
  if (!number) return;
  const dialog = byId("dialog");
  const finish = (outcome) => {
    dialog.close();
    console.send(`/v1/counters/${console.counter}/finish`, outcome ? { outcome } : undefined,
      () => word("didFinish"));
  };
  const plain = h("button", { class: "button main", autofocus: true, onclick: () => finish() },
    word("finishPlain"));
  const [before, after] = word("finishTitle").split("{number}");
  fill(dialog,
    h("h2", { id: "dialog-title" }, before, code(number), after ?? ""),
    h("div", { class: "row", onkeydown: (event) => chooseByDigit(event, view.outcomes, finish) },
      plain, view.outcomes.map((outcome, index) => outcomeKey(outcome, index, word, finish))),
    h("form", { method: "dialog", class: "end" }, h("button", { class: "button" }, word("cancel"))));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
  plain.focus();
}

function outcomeKey(outcome, index, word, finish) {
  return h("button", { class: "button", "data-outcome": outcome, onclick: () => finish(outcome) },
    h("span", {}, outcomeWord(outcome, word)), index < 9 ? h("kbd", {}, String(index + 1)) : null);
}

/** Digits work while the focus is on one of the keys. */
function chooseByDigit(event, outcomes, finish) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const outcome = /^[1-9]$/.test(event.key) ? outcomes[Number(event.key) - 1] : undefined;
  if (outcome === undefined) return;
  event.preventDefault();
  finish(outcome);
}

/** The staff's word for an outcome of the venue's; its code where there is none. */
function outcomeWord(outcome, word) {
  const key = `outcome.${outcome}`;
  const known = word(key);
  return known === key ? outcome : known;
}
