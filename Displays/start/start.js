/** The doors of the house: one link to each page. */
import { read } from "/shared/api.js";
import { byId, fill, h, icon } from "/shared/dom.js";
import { fillWords, staffLanguage, staffWords } from "/shared/staff-words.js";

const DOORS = [
  ["paper", "/kiosk/", "startKiosk"],
  ["desk", "/counter/", "startCounter"],
  ["support", "/mediator/", "startMediator"],
  ["board", "/board/", "startBoard"],
  ["chart", "/manager/", "startManager"],
];

const { hostLanguage } = await read("/v1/languages").catch(() => ({}));
const word = staffWords(staffLanguage(hostLanguage));
fillWords(word);
fill(byId("doors"), DOORS.map(([pictogram, address, key]) => h("a", { class: "card door", href: address },
  icon(pictogram, "pictogram"), h("h2", {}, word(key)), h("p", {}, word(`${key}Text`)))));
