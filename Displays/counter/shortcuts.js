/**
 * The list of keys, the switch for single keys (WCAG 2.1.4: whoever dictates must be able to turn
 * them off), and the language of this console.
 */
import { byId, fill, h } from "/shared/dom.js";
import { logIn } from "/shared/session.js";
import { remove } from "/shared/api.js";
import { chooseStaffLanguage, staffLanguages } from "/shared/staff-words.js";

const SWITCH = "rossio.singleKeys";

export function areSingleKeysOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

export function openShortcuts(console) {
  const { word } = console;
  const dialog = byId("dialog");
  const keys = console.actions.filter((action) => action.keys);
  fill(dialog,
    h("h2", { id: "dialog-title" }, word("shortcutsTitle")),
    h("dl", { class: "keys" }, keys.flatMap((action) => [
      h("dt", {}, h("kbd", {}, action.keys)), h("dd", {}, action.label)]),
    h("dt", {}, h("kbd", {}, "Tab")), h("dd", {}, word("shortcutsTab"))),
    singleKeySwitch(word),
    h("div", { class: "row" },
      staffLanguages.map((tag) => h("button", {
        class: "small", lang: tag,
        onclick: () => { chooseStaffLanguage(tag); location.reload(); },
      }, tag.toUpperCase())),
      h("button", { class: "small", onclick: logOut }, word("logOut"))),
    h("form", { method: "dialog", class: "end" },
      h("button", { class: "button main", autofocus: true }, word("close"))));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
}

function singleKeySwitch(word) {
  const box = h("input", {
    type: "checkbox", id: "single-keys", checked: areSingleKeysOn(), "aria-describedby": "keys-hint",
    onchange: (event) => localStorage.setItem(SWITCH, event.target.checked ? "on" : "off"),
  });
  return h("div", { class: "switch" }, box,
    h("label", { for: "single-keys" }, word("shortcutsOn")),
    h("p", { id: "keys-hint", class: "quiet" }, word("shortcutsHint")));
}

async function logOut() {
  await remove("/v1/session");
  logIn();
}
