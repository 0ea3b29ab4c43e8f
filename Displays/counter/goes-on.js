/** Where the visit that was here goes now, large enough to be shown across the desk. */
import { code, dotted, h, phrase } from "/shared/dom.js";
import { sign } from "/shared/sign.js";
import { reprint } from "./slips.js";

export function goesOnPanel(console) {
  const { view: { goesOn, outlets }, word } = console;
  const [before, after] = word("goesOnTitle").split("{number}");
  return h("div", { class: "goes-on" },
    h("p", { class: "step" }, before, code(goesOn.number), after ?? ""),
    goesOn.serviceName ? h("p", { class: "name" }, goesOn.sign ? sign(goesOn.sign) : null,
      dotted(h("span", {}, goesOn.agencyName),
        goesOn.serviceName === goesOn.agencyName ? null : h("span", {}, goesOn.serviceName))) : null,
    goesOn.ways.length === 0 ? h("p", { class: "way" }, word("goesOnHidden")) : null,
    // No arrows: this page does not know how its screen stands in the hall.
    h("div", { class: "ways" }, goesOn.ways.map(({ zone, place }) => h("p", {
      class: "way", lang: place.language, dir: place.direction,
    }, phrase("span", zone), h("br"), phrase("strong", place)))),
    h("p", { class: "row" },
      outlets.length > 0 ? h("button", {
        class: "small", id: "reprint-next",
        onclick: () => reprint(console, goesOn.visit, goesOn.number),
      }, word("reprint")) : null,
      goesOn.comesBack ? h("span", { class: "quiet" }, word("goesOnBack")) : null));
}
