/** Every printer with its state, and the slips that need somebody; drawn only when they change. */
import { wholeMinutes } from "/shared/clock.js";
import { byId, fill, h, setText } from "/shared/dom.js";
import { printerLines, slipLines } from "/shared/printers.js";

const chosen = new Map();
let drawn = "";

/** `act(path)` sends a command; a wallboard has none, and so no keys. */
export function drawPrinters(view, clock, word, act) {
  const section = byId("printers");
  const { printers, slips } = view;
  const shape = JSON.stringify([printers, slips]);
  if (shape !== drawn && !(document.activeElement instanceof HTMLSelectElement)) {
    drawn = shape;
    const focused = document.activeElement?.id;
    fill(section, h("h2", {}, word("printersOf")),
      h("p", { class: "how" }, word("printersHow")),
      slips.length === 0 ? null : [
        slipLines(slips, { printers, chosen, word, act }),
        act ? h("p", { class: "how" }, word("slipsHint")) : null,
      ],
      printerLines(printers, word));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  for (const element of section.querySelectorAll("[data-since]")) {
    const minutes = wholeMinutes(clock.age(Number(element.dataset.since)));
    setText(element, word(element.dataset.age, { n: minutes }));
  }
}
