/** The page of one visit, for one hand: number, place, people before. It names nobody. */
import { command, newKey, read, Refused } from "/shared/api.js";
import { byId, code, fill, h, icon, phrase, setText } from "/shared/dom.js";
import { Feed } from "/shared/feed.js";
import { sign } from "/shared/sign.js";
import { notFound } from "./not-found.js";

/** Words of the visit's language come with one request; those of the host language fill its gaps. */
class PhonePage {
  #visit;
  #feed;
  #pack = null;
  #host = null;
  #isAsking = false;
  #leaveKey = newKey();
  #failed = false;

  constructor(visit) {
    this.#visit = visit;
    this.#feed = new Feed(`/v1/phone/${visit}`);
    this.#feed.addEventListener("view", () => this.#viewChanged());
    this.#feed.addEventListener("gone", notFound);
    this.#feed.addEventListener("state", () => this.#drawLost());
    this.#feed.addEventListener("tick", () => this.#tick());
  }

  async #viewChanged() {
    const { language, direction } = this.#feed.view;
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
    this.#draw();
    if (this.#pack?.tag === language) return;
    await this.#loadWords(language);
    this.#draw();
  }

  async #loadWords(language) {
    try {
      const { hostLanguage } = await read("/v1/languages");
      [this.#pack, this.#host] = await Promise.all([language, hostLanguage]
        .map((tag) => read(`/v1/languages/${encodeURIComponent(tag)}`)));
    } catch {
      // The view itself holds the words that matter most; the next view tries again.
      this.#pack = null;
    }
  }

  #word(key, values = {}) {
    const pack = [this.#pack, this.#host].find((candidate) => candidate?.words?.[key]);
    if (!pack) return null;
    const text = pack.words[key].replace(/\{([a-z]+)\}/g, (whole, name) => values[name] ?? whole);
    return { text, language: pack.tag, direction: pack.direction };
  }

  #draw() {
    const { view } = this.#feed;
    document.title = `${view.number} · ${view.venue}`;
    fill(byId("visit"), this.#head(view), h("div", { class: "wave", "aria-hidden": "true" }),
      this.#body(view), this.#shares(view));
    this.#drawLost();
  }

  #head(view) {
    return h("header", { class: `head ${view.status}` },
      phrase("p", view.yourNumber),
      h("p", { class: "number" }, code(view.number)),
      view.service ? phrase("p", view.service, { class: "service" }) : null,
      phrase("p", view.place));
  }

  #body(view) {
    switch (view.status) {
      case "waiting": return this.#waiting(view);
      case "called": case "serving": return this.#called(view);
      case "parked": return h("section", { class: "now" }, phrase("p", view.goWhenCalled, {},
        { number: view.number }));
      default: return view.notice ? this.#notice(view) : this.#over();
    }
  }

  #waiting(view) {
    return h("section", { class: "now" },
      view.notice ? phrase("p", view.notice, { class: "notice near" }) : null,
      view.before ? phrase("p", view.before, { class: "before" }) : null,
      view.expectedWait ? phrase("p", view.expectedWait.text, { class: "expected" }) : null,
      this.#nextPlaces(view),
      phrase("p", view.goWhenCalled, { class: "hint" }, { number: view.number }),
      this.#leaveKeys());
  }

  #called(view) {
    const words = this.#word("phoneCalled");
    return h("section", { class: "now turn" },
      h("p", { class: "counter" }, icon("desk", "pictogram"), code(view.counter ?? "")),
      words ? phrase("h1", words, {}, { n: view.counter }) : null,
      view.mediatorComes ? phrase("p", view.mediatorComes, { class: "expected" }) : null,
      this.#nextPlaces(view));
  }

  /** Where the visit goes after this stop. */
  #nextPlaces(view) {
    if (!view.thenNext) return null;
    return h("div", { class: "then" }, phrase("p", view.thenNext, { class: "hint" }),
      h("ul", { class: "places" }, view.nextPlaces.map(nextPlace)));
  }

  /** What the client has agreed to, as on the receipt. */
  #shares({ shares }) {
    return shares.length === 0 ? null
      : h("footer", { class: "shares" }, shares.map((share) => phrase("p", share)));
  }

  /** The visit could not be served today: the number is good for another day. */
  #notice(view) {
    return h("section", { class: "now" }, icon("paper", "pictogram"), phrase("h1", view.notice));
  }

  #over() {
    const words = this.#word("phoneDone");
    return h("section", { class: "now" }, icon("check", "pictogram"),
      words ? phrase("h1", words) : null);
  }

  /** Leaving asks once more: there is no way back into the same place. */
  #leaveKeys() {
    const leave = this.#word("phoneLeave");
    const back = this.#word("kioskBack");
    if (!leave || !back) return null;
    if (!this.#isAsking) {
      return phrase("button", leave, {
        class: "button", id: "leave", onclick: () => { this.#isAsking = true; this.#draw(); },
      });
    }
    const again = this.#failed ? this.#word("tryAgain") : null;
    return h("div", { class: "sure" },
      phrase("button", back, {
        class: "button main", onclick: () => { this.#isAsking = false; this.#draw(); },
      }),
      phrase("button", again ?? leave, {
        class: "button", id: "leave-now", onclick: () => this.#leave(),
      }));
  }

  async #leave() {
    try {
      await command(`/v1/visits/${this.#visit}/leave`, undefined, { key: this.#leaveKey });
      this.#isAsking = false;
    } catch (error) {
      // Refused: the visit has moved on meanwhile, and the next view says so.
      this.#failed = !(error instanceof Refused);
      this.#isAsking = this.#failed;
    }
    this.#draw();
  }

  #drawLost() {
    const { isLost, asOf, clock, view } = this.#feed;
    const notice = byId("lost");
    notice.hidden = !isLost;
    document.body.classList.toggle("stale", isLost);
    const words = this.#word("asOf");
    if (!isLost || !view || asOf === null || !words) return;
    fill(notice, phrase("span", words, {}, { time: clock.timeOfDay(asOf) }));
  }

  #tick() {
    const { clock } = this.#feed;
    setText(byId("simulated"), clock.simulated ? `simulated clock ×${clock.speed}` : "");
  }
}

/** Sign and service, and where; of a neutral service there is the place alone. */
function nextPlace({ sign: found, service, place }) {
  return h("li", {},
    service ? h("p", { class: "name" }, found ? sign(found) : null, phrase("span", service)) : null,
    phrase("p", place, { class: service ? "hint" : "" }));
}

async function start() {
  const visit = location.pathname.split("/").filter(Boolean)[1] ?? "";
  try {
    await read(`/v1/phone/${encodeURIComponent(visit)}`);
  } catch (error) {
    if (error instanceof Refused) return notFound();
  }
  new PhonePage(encodeURIComponent(visit));
}

start();
