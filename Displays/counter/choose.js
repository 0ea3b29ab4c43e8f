/** Asks a person who has logged in which counter is theirs. */
import { byId, fill, h } from "/shared/dom.js";

export function askForCounter(word, who, problem = "") {
  clear(word("chooseCounter"));
  const input = h("input", {
    id: "counter", name: "id", required: true, autocomplete: "off", maxlength: "64",
    inputmode: "numeric", "aria-describedby": "counter-hint",
  });
  fill(byId("desk"), h("form", { class: "card choose", action: "/counter/", method: "get" },
    h("h2", {}, word("chooseCounter")),
    problem ? h("p", { class: "notice", role: "alert" }, problem) : null,
    h("div", { class: "field" },
      h("label", { for: "counter" }, word("counterTitle", { counter: "" }).trim()),
      input,
      h("p", { id: "counter-hint", class: "quiet" }, word("chooseCounterHint"))),
    h("button", { class: "button main" }, word("go")),
    h("p", { class: "quiet" }, who.login ?? "")));
  input.focus();
}

/** Nobody is logged in and the device is no counter: says why, and the way on. */
export function explainRefusal(word, problem) {
  clear(word("counterTitle", { counter: "" }).trim());
  fill(byId("desk"), h("section", { class: "card choose" },
    h("p", { class: "notice", role: "alert" }, problem),
    h("a", { class: "button main", href: "/login/?next=/counter/" }, word("login"))));
}

function clear(title) {
  document.body.classList.add("choosing");
  document.title = title;
  fill(byId("title"), "Rossio");
  fill(byId("care"));
}
