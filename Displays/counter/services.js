/** A field that finds a service: type a few letters, arrow to it, Enter. */
import { fill, h } from "/shared/dom.js";
import { rangeText } from "./side.js";

export class ServiceChooser {
  #targets = [];
  #chosen;
  #shown = [];
  #active = 0;
  #word;

  /** `chosen(target)` is called with each choice; `label` says what to type. */
  constructor(word, label, chosen) {
    this.#word = word;
    this.#chosen = chosen;
    this.list = h("ul", { id: "targets", class: "targets", role: "listbox", "aria-label": label });
    this.nothing = h("p", { class: "quiet", role: "status" });
    this.input = h("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "targets",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
      placeholder: label, "aria-label": label, class: "filter",
      oninput: () => this.#filter(), onkeydown: (event) => this.keyPressed(event),
    });
  }

  /** What can be chosen from now on; what was typed begins anew. */
  offer(targets) {
    this.#targets = targets;
    this.input.value = "";
    this.#filter();
  }

  #filter() {
    const parts = plain(this.input.value).split(/\s+/).filter(Boolean);
    this.#shown = this.#targets.filter((target) => {
      const text = plain(`${target.agencyName} ${target.serviceName}`);
      return parts.every((part) => text.includes(part));
    });
    this.#active = 0;
    this.nothing.textContent = this.#shown.length === 0 ? this.#word("forwardNone") : "";
    this.#draw();
  }

  #draw() {
    fill(this.list, this.#shown.map((target, index) => h("li", {
      id: `target-${index}`, role: "option", "aria-selected": String(index === this.#active),
      "data-service": target.service, onclick: () => this.#chosen(target),
    },
    h("span", {}, h("strong", {}, target.serviceName), h("span", { class: "quiet" }, target.agencyName)),
    h("span", { class: "figure quiet" },
      [this.#word("waitingCount", { n: target.waiting }), rangeText(target)].filter(Boolean).join(" · ")))));
    this.input.setAttribute("aria-activedescendant", `target-${this.#active}`);
    this.list.children[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  keyPressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && this.#shown.length > 0) {
      event.preventDefault();
      this.#active = (this.#active + step + this.#shown.length) % this.#shown.length;
      this.#draw();
    } else if (event.key === "Enter" && !event.repeat && !event.ctrlKey) {
      event.preventDefault();
      const target = this.#shown[this.#active];
      if (target) this.#chosen(target);
    }
  }
}

/** Small letters without accents, so that "migracao" finds "Migração". */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
