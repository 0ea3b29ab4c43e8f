/** Draws the screen of each step. Every text stands in an element of its language and direction. */
import { code, dotted, h, icon, phrase } from "/shared/dom.js";
import { canSpeak, speak } from "/shared/speech.js";
import { sign } from "/shared/sign.js";
import * as flow from "./flow.js";

/** So many languages stand large at the top, in fixed places. */
const LARGE_LANGUAGES = 6;
/** Beside the host language, for whoever finds no language of theirs: the first that there is. */
const SECOND_LANGUAGES = ["en", "fr", "es"];

export function drawScreen(kiosk) {
  const { state, view, feed } = kiosk;
  if (state.step === "ticket") return ticketScreen(kiosk);
  if (!view.isDayOpen && state.step !== "sending") return messageInAllLanguages(kiosk, "kioskClosed");
  if (state.step === "language" && feed.isLost) return messageInAllLanguages(kiosk, "kioskOffline");
  return SCREENS[state.step](kiosk);
}

const SCREENS = {
  language: languageScreen,
  needs: needsScreen,
  services: servicesScreen,
  confirm: confirmScreen,
  sending: sendingScreen,
  unreachable: unreachableScreen,
  again: againScreen,
  refused: refusedScreen,
};

/** The texts of a screen in reading order, for the voice. */
export function spokenScreen(screen) {
  return Array.from(screen.querySelectorAll("[data-spoken]"), (element) => ({
    text: element.textContent,
    language: element.closest("[lang]").lang,
  }));
}

function languageScreen(kiosk) {
  const tile = (language) => languageTile(kiosk, language);
  const { languages } = kiosk.view;
  return [
    title(kiosk.term("kioskChooseLanguage")),
    h("div", { class: "languages large" }, languages.slice(0, LARGE_LANGUAGES).map(tile)),
    h("div", { class: "languages" }, languages.slice(LARGE_LANGUAGES).map(tile)),
    personKey(kiosk),
  ];
}

function languageTile(kiosk, { tag, endonym, direction }) {
  const choose = () => kiosk.go(flow.choseLanguage(kiosk.state, tag));
  const name = { text: endonym, language: tag, direction };
  const sentence = kiosk.words.has(tag, "kioskChooseLanguage")
    ? phrase("span", kiosk.words.term(tag, "kioskChooseLanguage"), { class: "sub" }) : null;
  return h("div", { class: "tile language", lang: tag, dir: direction },
    h("button", { class: "cover", "data-language": tag, onclick: choose },
      phrase("strong", name), sentence),
    speakerKey(kiosk, tag, [name]));
}

function needsScreen(kiosk) {
  const isMore = kiosk.state.matters.length > 0;
  return [
    isMore ? h("div", { class: "so-far" }, backKey(kiosk), matterSigns(kiosk)) : null,
    title(kiosk.term(isMore ? "kioskAnotherQuestion" : "kioskQuestion")),
    isMore ? null : phrase("p", kiosk.term("kioskHint"), { class: "hint", "data-spoken": true }),
    h("div", { class: "needs" }, kiosk.view.needs.map((need) => needTile(kiosk, need))),
    personKey(kiosk),
  ];
}

function needTile(kiosk, need) {
  const name = kiosk.words.need(kiosk.language, need.id);
  const choose = () => kiosk.go(flow.choseNeed(kiosk.state, need));
  return h("div", { class: "tile need" },
    h("button", {
      class: "cover", "data-need": need.id, onclick: choose,
      disabled: need.services.every((service) => !mayChoose(kiosk, service)),
    },
      icon(need.icon, "pictogram"),
      phrase("strong", name, { "data-spoken": true }),
      waitingText(kiosk, need.services)),
    speakerKey(kiosk, kiosk.language, [name]));
}

function mayChoose(kiosk, service) {
  return kiosk.isOpen(service) && !flow.hasService(kiosk.state, service);
}

function servicesScreen(kiosk) {
  const need = kiosk.view.needs.find(({ id }) => id === kiosk.state.need);
  const services = need.services.filter((service) => kiosk.offer(service));
  return [
    backKey(kiosk),
    h("div", { class: "heading" }, icon(need.icon, "pictogram"),
      h("div", {},
        phrase("p", kiosk.words.need(kiosk.language, need.id), { class: "hint" }),
        title(kiosk.term("kioskWhich")))),
    h("div", { class: "services" }, services.map((service) => serviceTile(kiosk, service))),
    personKey(kiosk),
  ];
}

function serviceTile(kiosk, service) {
  const name = kiosk.words.service(kiosk.language, service);
  const choose = () => kiosk.go(flow.choseService(kiosk.state, service));
  return h("div", { class: "tile service" },
    h("button", {
      class: "cover", "data-service": service, onclick: choose,
      disabled: !mayChoose(kiosk, service),
    },
      phrase("strong", name, { "data-spoken": true }),
      h("span", { class: "facts" }, dotted(placeText(kiosk, service), waitingText(kiosk, [service])))),
    speakerKey(kiosk, kiosk.language, [name]));
}

function confirmScreen(kiosk) {
  const { state } = kiosk;
  const isPerson = state.service === kiosk.view.personService;
  const matters = flow.allMatters(state);
  const isOffered = flow.mayAddMatter(state) && !isPerson;
  return [
    backKey(kiosk),
    chosenHeading(kiosk, state),
    matters.map(({ service }) => unstaffedNote(kiosk, service)).find(Boolean) ?? null,
    h("div", { class: "priority", role: "radiogroup" },
      priorityKey(kiosk, false, "kioskNotPriority"), priorityKey(kiosk, true, "kioskPriority")),
    h("div", { class: "go" }, takeKey(kiosk, "take"), isOffered ? anotherKey(kiosk) : null),
    isPerson ? null : personKey(kiosk, "quiet"),
  ];
}

/** What was chosen: one matter as a heading, several as a list from which each can go again. */
function chosenHeading(kiosk, state) {
  const matters = flow.allMatters(state);
  if (matters.length > 1) return [title(kiosk.term("kioskMatters")), matterList(kiosk, matters)];
  const [{ need, service }] = matters;
  return h("div", { class: "heading" }, icon(pictogramOf(kiosk, need), "pictogram"),
    h("div", {},
      title(kiosk.words.service(kiosk.language, service)),
      h("p", { class: "hint facts" },
        dotted(placeText(kiosk, service), waitingText(kiosk, [service])))));
}

function matterList(kiosk, matters) {
  return h("ol", { class: "matters" }, matters.map(({ need, service }, index) => h("li", {},
    badge(index), icon(pictogramOf(kiosk, need), "pictogram"),
    h("div", { class: "what" },
      phrase("strong", kiosk.words.service(kiosk.language, service), { "data-spoken": true }),
      h("span", { class: "facts" }, signOf(kiosk, service), dotted(placeText(kiosk, service)))),
    removeKey(kiosk, service))));
}

function removeKey(kiosk, service) {
  const label = kiosk.term("kioskRemove");
  const name = kiosk.words.service(kiosk.language, service).text;
  return h("button", {
    class: "button remove", "data-remove": service, lang: label.language,
    "aria-label": `${label.text}: ${name}`,
    onclick: () => kiosk.go(flow.removedMatter(kiosk.state, service)),
  }, icon("remove"));
}

/** The matters so far, as small as pictures can be: the question below is what counts. */
function matterSigns(kiosk) {
  return h("ol", { class: "signs" }, kiosk.state.matters.map(({ need, service }, index) => {
    const name = kiosk.words.service(kiosk.language, service);
    return h("li", { "aria-label": name.text, lang: name.language },
      badge(index), icon(pictogramOf(kiosk, need), "pictogram"));
  }));
}

function badge(index) {
  return h("span", { class: "badge", "aria-hidden": "true" }, code(String(index + 1)));
}

/** The agency's sign, small; a neutral service has none. */
function signOf(kiosk, service) {
  const found = kiosk.offer(service)?.sign;
  return found ? sign(found) : null;
}

function takeKey(kiosk, id) {
  return h("button", { class: "button main take", id, onclick: () => kiosk.takeTicket() },
    icon("paper", "pictogram"),
    phrase("span", kiosk.term("kioskTakeTicket"), { "data-spoken": true }));
}

/** A smaller picture beside the ticket: who has one matter never needs it. */
function anotherKey(kiosk) {
  return h("button", {
    class: "button another", id: "another", onclick: () => kiosk.go(flow.addedMatter(kiosk.state)),
  }, icon("plus", "pictogram"),
  phrase("span", kiosk.term("kioskAnother"), { "data-spoken": true }));
}

function pictogramOf(kiosk, need) {
  return kiosk.view.needs.find(({ id }) => id === need)?.icon ?? "person";
}

function priorityKey(kiosk, isPriority, word) {
  const isChosen = kiosk.state.isPriority === isPriority;
  const id = isPriority ? "priority" : "no-priority";
  const choose = () => {
    kiosk.go(flow.chosePriority(kiosk.state, isPriority));
    document.getElementById(id).focus();
  };
  return h("button", {
    class: "choice", id, role: "radio", "aria-checked": String(isChosen), onclick: choose,
  }, h("span", { class: "mark", "aria-hidden": "true" }, isChosen ? icon("check") : null),
  phrase("span", kiosk.term(word), { "data-spoken": true }));
}

function unstaffedNote(kiosk, service) {
  if (kiosk.offer(service)?.isStaffed !== false) return null;
  if (!kiosk.words.has(kiosk.words.hostLanguage, "kioskNoCounter")) return null;
  return phrase("p", kiosk.term("kioskNoCounter"), { class: "notice", "data-spoken": true });
}

function sendingScreen(kiosk) {
  return h("div", { class: "middle" }, title(kiosk.term("loading")));
}

function ticketScreen(kiosk) {
  const { ticket } = kiosk.state;
  const { language, words } = kiosk;
  const later = flow.allMatters(kiosk.state).filter(({ service }) => service !== ticket.service);
  const paper = kiosk.term(ticket.printing ? "kioskTakePaper" : "kioskNoPaper");
  return h("div", { class: "ticket" },
    title(kiosk.term("yourNumber")),
    h("p", { class: "number", id: "number", lang: "en", "data-spoken": true },
      code(ticket.number)),
    h("div", { class: "where" },
      h("p", { class: "service" }, signOf(kiosk, ticket.service),
        serviceName(kiosk, ticket.service)),
      h("p", {}, placeText(kiosk, ticket.service)),
      promise(kiosk, ticket),
      ...(ticket.promise === "voucher" ? [] : [
        waitRange(kiosk, ticket),
        phrase("p", words.peopleBefore(language, ticket.peopleBefore), { "data-spoken": true }),
      ])),
    later.length > 0 ? laterMatters(kiosk, later) : null,
    h("p", { class: ticket.printing ? "paper" : "paper missing" },
      icon(ticket.printing ? "paper" : "warning", "pictogram"),
      phrase("span", paper, { "data-spoken": true })),
    phrase("p", kiosk.term("goWhenCalled"), { class: "hint" }, { number: ticket.number }),
    phrase("button", kiosk.term("kioskStartAgain"),
      { class: "button done", onclick: () => kiosk.wipe() }));
}

/** A neutral service is not named where others may look on; its place is. */
function serviceName(kiosk, service) {
  if (kiosk.offer(service)?.isNeutral !== false) return null;
  return phrase("strong", kiosk.words.service(kiosk.language, service), { "data-spoken": true });
}

/** Closing comes first, perhaps or surely: said before all else. */
function promise(kiosk, ticket) {
  const options = { class: "promise", "data-spoken": true };
  if (ticket.promise === "mayCloseFirst") return phrase("p", kiosk.term("mayCloseFirst"), options);
  if (ticket.promise !== "voucher") return null;
  return phrase("p", kiosk.term("comeBack"), options, { n: ticket.voucherDays });
}

/** "About 15 to 30 minutes": a range, never one number. */
function waitRange(kiosk, { waitFromMinutes: from, waitToMinutes: to }) {
  if (from === undefined || to === undefined) return null;
  return phrase("p", kiosk.term("expectedWait", { from, to }), { class: "range", "data-spoken": true });
}

/** What comes after the first place, in no order: the hall sends where the wait is shortest. */
function laterMatters(kiosk, matters) {
  return h("div", { class: "later" },
    phrase("p", kiosk.term("thenNext"), { class: "hint", "data-spoken": true }),
    h("ul", {}, matters.map(({ service }) => h("li", {},
      signOf(kiosk, service) ?? icon("back", "icon onward"),
      h("div", {}, serviceName(kiosk, service), h("p", {}, placeText(kiosk, service)))))));
}

function unreachableScreen(kiosk) {
  return h("div", { class: "middle" },
    icon("warning", "pictogram"),
    title(kiosk.term("kioskOffline")),
    phrase("button", kiosk.term("tryAgain"),
      { class: "button main", id: "again", onclick: () => kiosk.takeTicket() }),
    phrase("button", kiosk.term("kioskStartAgain"),
      { class: "button", onclick: () => kiosk.wipe() }));
}

/** The connection is back: the same ticket can be asked for again, with its key. */
function againScreen(kiosk) {
  const { need, service, matters } = kiosk.state;
  return h("div", { class: "middle" },
    icon(pictogramOf(kiosk, need), "pictogram"),
    title(matters.length > 0 ? kiosk.term("kioskMatters")
      : kiosk.words.service(kiosk.language, service)),
    takeKey(kiosk, "again"),
    phrase("button", kiosk.term("kioskStartAgain"),
      { class: "button", onclick: () => kiosk.wipe() }));
}

function refusedScreen(kiosk) {
  const word = kiosk.state.refusal === "closed" ? "kioskClosed" : "askReception";
  return h("div", { class: "middle" },
    icon("warning", "pictogram"),
    title(kiosk.term(word)),
    phrase("button", kiosk.term("kioskStartAgain"),
      { class: "button main", onclick: () => kiosk.wipe() }));
}

/** For whoever has not chosen a language: the same sentence in each that has it. */
function messageInAllLanguages(kiosk, word) {
  const { languages } = kiosk.view;
  return h("div", { class: "everyone" },
    icon("person", "pictogram"),
    languages.filter(({ tag }) => kiosk.words.has(tag, word))
      .map(({ tag }) => phrase("p", kiosk.words.term(tag, word))));
}

function title(words) {
  return phrase("h1", words, { tabindex: "-1", "data-spoken": true });
}

function backKey(kiosk) {
  return h("button", {
    class: "button back", onclick: () => kiosk.go(flow.wentBack(kiosk.state, kiosk.view.needs)),
  }, icon("back", "icon turns"), phrase("span", kiosk.term("kioskBack")));
}

/** The one way to a person; on the first screen in two languages. */
function personKey(kiosk, look = "") {
  const { words, view } = kiosk;
  const go = () => kiosk.go(
    flow.chosePerson(kiosk.state, view.personService, words.hostLanguage));
  const others = kiosk.state.step === "language"
    ? SECOND_LANGUAGES.filter((tag) => words.has(tag, "kioskPerson")).slice(0, 1) : [];
  return h("button", { class: `person ${look}`.trim(), id: "person", onclick: go },
    icon("person", "pictogram"),
    h("span", {},
      phrase("strong", kiosk.term("kioskPerson"), { "data-spoken": true }),
      others.map((tag) => phrase("span", words.term(tag, "kioskPerson"), { class: "sub" })),
      kiosk.state.step === "language" ? null
        : h("span", { class: "sub facts" },
          dotted(placeText(kiosk, view.personService), waitingText(kiosk, [view.personService])))));
}

/** "About 15 to 30 minutes", kept up to date; of several services from the shortest to the longest. */
function waitingText(kiosk, services) {
  const element = h("span", { class: "waiting figure" });
  kiosk.live(() => {
    const words = waitingWords(kiosk, services.filter((service) => kiosk.isOpen(service)));
    element.textContent = words.text;
    element.lang = words.language;
    element.dir = words.direction;
  });
  return element;
}

/** Where no counter is open there is no range: then how many wait. */
function waitingWords(kiosk, open) {
  if (open.length === 0) return kiosk.term("kioskClosed");
  const offers = open.map((service) => kiosk.offer(service)).filter(Boolean);
  const ranges = offers.filter(({ waitToMinutes }) => waitToMinutes !== undefined);
  if (ranges.length > 0) {
    return kiosk.term("expectedWait", {
      from: Math.min(...ranges.map(({ waitFromMinutes }) => waitFromMinutes)),
      to: Math.max(...ranges.map(({ waitToMinutes }) => waitToMinutes)),
    });
  }
  return kiosk.term("peopleWaiting", {
    n: offers.reduce((sum, { waiting }) => sum + waiting, 0),
  });
}

/** "Floor 1 · Gallery". */
function placeText(kiosk, service) {
  const offer = kiosk.offer(service);
  if (!offer) return null;
  const floor = kiosk.term("floor", { n: offer.floor });
  const zone = kiosk.words.zone(kiosk.language, offer.zone);
  return h("span", { class: "place" },
    dotted(phrase("span", floor), zone.text === offer.zone ? null : phrase("span", zone)));
}

function speakerKey(kiosk, tag, phrases) {
  if (!canSpeak(tag)) return null;
  const label = kiosk.words.term(tag, "kioskReadAloud");
  return h("button", {
    class: "speaker", onclick: () => speak(phrases), lang: label.language,
    "aria-label": `${label.text}: ${phrases[0].text}`,
  }, icon("speaker"));
}
