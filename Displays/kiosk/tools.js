/** The row of aids at the foot: language, text size, contrast, read-aloud. In reach, always there. */
import { byId, fill, h, icon, phrase } from "/shared/dom.js";
import { canSpeak, speak } from "/shared/speech.js";
import * as flow from "./flow.js";
import { spokenScreen } from "./screens.js";

const SIZES = ["1", "2", "3"];

export class Tools {
  #kiosk;
  #size = 0;
  #isHighContrast = false;

  constructor(kiosk) {
    this.#kiosk = kiosk;
  }

  /** True when somebody has set something that must not stay for the next person. */
  get isChanged() { return this.#size > 0 || this.#isHighContrast; }

  reset() {
    this.#size = 0;
    this.#isHighContrast = false;
    this.#apply();
  }

  draw() {
    fill(byId("tools"), this.#languageKey(), this.#sizeKey(), this.#contrastKey(), this.#speakKey());
  }

  #languageKey() {
    const { state, language, words } = this.#kiosk;
    if (state.step === "language" || state.step === "sending") return null;
    const name = { text: words.endonym(language), language, direction: words.direction(language) };
    return h("button", { class: "button tool language", onclick: () => this.#kiosk.go(flow.START) },
      icon("back", "icon turns"), phrase("span", name));
  }

  #sizeKey() {
    const label = this.#kiosk.term("kioskTextSize");
    return h("button", {
      class: "button tool", onclick: () => this.#nextSize(), "aria-label": label.text,
      lang: label.language,
    }, h("span", { class: "small-a", "aria-hidden": "true" }, "A"),
    h("span", { class: "large-a", "aria-hidden": "true" }, "A"));
  }

  #contrastKey() {
    const label = this.#kiosk.term("kioskContrast");
    return h("button", {
      class: "button tool", onclick: () => this.#switchContrast(), "aria-label": label.text,
      "aria-pressed": String(this.#isHighContrast), lang: label.language,
    }, icon("contrast"));
  }

  #speakKey() {
    const { language } = this.#kiosk;
    if (!canSpeak(language)) return null;
    return h("button", {
      class: "button tool speak", onclick: () => speak(spokenScreen(byId("screen"))),
    }, icon("speaker"), phrase("span", this.#kiosk.term("kioskReadAloud")));
  }

  #nextSize() {
    this.#size = (this.#size + 1) % SIZES.length;
    this.#apply();
  }

  #switchContrast() {
    this.#isHighContrast = !this.#isHighContrast;
    this.#apply();
    for (const key of byId("tools").querySelectorAll("[aria-pressed]")) {
      key.setAttribute("aria-pressed", String(this.#isHighContrast));
    }
  }

  #apply() {
    document.documentElement.dataset.size = SIZES[this.#size];
    document.documentElement.dataset.contrast = this.#isHighContrast ? "high" : "normal";
    this.#kiosk.toolsChanged();
  }
}
