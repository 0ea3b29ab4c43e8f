/**
 * The dialog that sends a visit on: type a few letters, arrow to the service, Enter. Tab and Space
 * tick that it comes back; Enter on the tick box sends it too.
 */
import { byId, code, fill, h } from "/shared/dom.js";
import { ServiceChooser } from "./services.js";

export function openForward(console) {
  const { view, word } = console;
  const number = view.current?.number;
  if (!number) return;
  const dialog = byId("dialog");
  const chooser = new ServiceChooser(word, word("forwardFilter"), (target) => {
    dialog.close();
    const body = { service: target.service, ...(back.checked ? { comesBack: true } : {}) };
    console.send(`/v1/counters/${console.counter}/forward`, body,
      () => word("didForward", { name: target.serviceName }));
  });
  const back = h("input", {
    type: "checkbox", id: "comes-back", onkeydown: (event) => chooser.keyPressed(event),
  });
  const [before, after] = word("forwardTitle").split("{number}");
  fill(dialog,
    h("h2", { id: "dialog-title" }, before, code(number), after ?? ""),
    chooser.input, chooser.list, chooser.nothing,
    h("div", { class: "switch" }, back, h("label", { for: "comes-back" }, word("forwardComesBack"))),
    h("form", { method: "dialog", class: "end" }, h("button", { class: "button" }, word("cancel"))));
  chooser.offer(view.targets.filter(({ service }) => service !== view.current.service));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
  chooser.input.focus();
}
