/** Logs a person in by pseudonym and PIN, and brings them to where they wanted to go. */
import { command, read, Refused } from "/shared/api.js";
import { byId, fill, h } from "/shared/dom.js";
import { homeOf, safePath } from "/shared/session.js";
import {
  chooseStaffLanguage, fillWords, staffLanguage, staffLanguages, staffWords,
} from "/shared/staff-words.js";

let word = staffWords(staffLanguage());

async function start() {
  fillWords(word);
  const { hostLanguage } = await read("/v1/languages").catch(() => ({}));
  word = staffWords(staffLanguage(hostLanguage));
  document.title = `${word("login")} · Rossio`;
  fillWords(word);
  fill(byId("languages"), staffLanguages.map((tag) => h("button", {
    class: "button", lang: tag, "aria-pressed": String(tag === document.documentElement.lang),
    onclick: () => { chooseStaffLanguage(tag); location.reload(); },
  }, tag.toUpperCase())));
  byId("form").addEventListener("submit", submit);
  byId("login").focus();
}

async function submit(event) {
  event.preventDefault();
  const go = byId("go");
  go.disabled = true;
  byId("problem").hidden = true;
  try {
    const who = await command("/v1/session",
      { login: byId("login").value.trim(), secret: byId("secret").value });
    location.replace(safePath(new URLSearchParams(location.search).get("next")) ?? homeOf(who));
  } catch (error) {
    explain(error);
  } finally {
    go.disabled = false;
  }
}

function explain(error) {
  const problem = byId("problem");
  problem.hidden = false;
  const isWrong = error instanceof Refused && (error.status === 401 || error.status === 403);
  const isTooMany = error instanceof Refused && error.status === 429;
  problem.textContent = isWrong ? word("loginWrong") : isTooMany ? word("loginTooMany")
    : error instanceof Refused ? error.detail : word("unreachable");
  byId("secret").value = "";
  byId("secret").focus();
}

start();
