/** What a kiosk says, in English, to whoever sets it up; and before it has ever found the daemon. */
import { byId, fill, h } from "/shared/dom.js";

export function showNotEnrolled(detail = "") {
  explain("This device is not a kiosk yet",
    detail ? h("p", { role: "alert" }, detail) : null,
    enrolment("K1"), logInInstead());
}

/** Enrolled or opened as a kiosk that `venue.json5` does not name. */
export function showNoSuchKiosk(id) {
  explain(`This venue has no kiosk ${id}`,
    h("p", {}, "Kiosks are listed under “kiosks” in the file venue.json5. Either add ",
      h("code", {}, id), " there and start the server anew, or open this page with the id ",
      "of one that is listed, as /kiosk/?id=K1."),
    enrolment("K1"));
}

export function showNotReached() {
  explain("No connection", h("p", {}, "Please ask at reception."));
}

function enrolment(id) {
  return h("p", {}, "To make this device a kiosk, run ", h("code", {}, `rossio enrol kiosk ${id}`),
    " on the server and open this page as /kiosk/?enrol=CODE with the code that it prints.");
}

function logInInstead() {
  return h("p", {}, "A person who has logged in may open any kiosk, as /kiosk/?id=K1. ",
    h("a", { href: "/login/?next=/kiosk/?id=K1" }, "Log in"));
}

function explain(title, ...parts) {
  fill(byId("screen"), h("div", { class: "plain", lang: "en", dir: "ltr" },
    h("h1", {}, title), ...parts));
}
