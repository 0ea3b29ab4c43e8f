/**
 * Referral notes: what other agencies wrote about the visit that is here, as far as the client
 * agreed; and the dialog that records the client's consent and writes this agency's own note.
 */
import { read, Refused, Unreachable } from "/shared/api.js";
import { byId, code, fill, h } from "/shared/dom.js";

/** Who may handle notes; a manager works for the venue, to which no client agrees. */
const ROLES = ["counter", "staff", "reception"];

/** What the daemon says of notes at this counter, asked whenever another visit comes to it. */
export class Notes {
  #path;
  #mayAsk;
  #changed;
  #visit;
  #answer = null;

  /** Calls `changed` when there is something new to draw. */
  constructor(counter, role, changed) {
    this.#path = `/v1/counters/${encodeURIComponent(counter)}/notes`;
    this.#mayAsk = ROLES.includes(role);
    this.#changed = changed;
  }

  /** True when an agreement lets other agencies read what the client agrees to. */
  get canShare() { return (this.#answer?.readers.length ?? 0) > 0; }

  /** Notes on `visit`; none while they are being asked for. */
  on(visit) {
    return visit !== undefined && this.#answer?.visit === visit ? this.#answer.notes : [];
  }

  async follow({ current }) {
    const visit = current?.visit ?? null;
    if (!this.#mayAsk || visit === this.#visit) return;
    this.#visit = visit;
    try {
      await this.refresh();
    } catch (error) {
      if (error instanceof Unreachable) this.#visit = undefined;
      else if (!(error instanceof Refused)) throw error;
    }
  }

  /** The newest answer; throws `Refused` or `Unreachable`. */
  async refresh() {
    this.#answer = await read(this.#path);
    this.#changed();
    return this.#answer;
  }
}

/** "Migration: papers missing, appointment made", a line for each agency. */
export function noteLines(console) {
  const { view: { current }, word, notes } = console;
  return notes.on(current?.visit).map(({ agencyName, codes }) => h("p", { class: "note" },
    h("strong", {}, `${agencyName}: `), codes.map((one) => codeWord(one, word)).join(", ")));
}

/** The staff's word for a code of the venue's; the code where there is none. */
function codeWord(one, word) {
  const key = `noteCode.${one}`;
  const known = word(key);
  return known === key ? one : known;
}

/** Throws `Refused` or `Unreachable` when there is nothing to build the dialog from. */
export async function openNote(console) {
  const answer = await console.notes.refresh();
  const { word, view } = console;
  if (!answer.visit || answer.visit !== view.current?.visit) return;
  const own = answer.notes.find(({ agency }) => agency === view.agency)?.codes ?? [];
  const dialog = byId("dialog");
  const save = async () => {
    const choice = chosen(dialog, answer);
    dialog.close();
    await send(console, answer, own, choice);
  };
  const [before, after] = word("noteTitle").split("{number}");
  fill(dialog,
    h("h2", { id: "dialog-title" }, before, code(answer.number), after ?? ""),
    canWrite(answer) ? codeList(answer, own, word) : null,
    h("fieldset", { class: "consents" }, h("legend", {}, word("noteAgree")),
      answer.readers.map((reader) => consentLine(reader, word)),
      h("p", { class: "quiet" }, word("noteAgreeHint"))),
    h("div", { class: "row end" },
      h("form", { method: "dialog" }, h("button", { class: "button" }, word("cancel"))),
      h("button", { class: "button main", id: "save-note", onclick: save },
        h("span", {}, word("noteSave")), h("kbd", {}, "Ctrl ↵"))));
  dialog.onkeydown = (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.repeat) return;
    event.preventDefault();
    save();
  };
  dialog.onclose = () => { dialog.onkeydown = null; dialog.onclose = null; };
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
  dialog.querySelector("input:not(:disabled)")?.focus();
}

/** False when agreements are about other fields only. */
function canWrite({ readers }) {
  return readers.some(({ fields }) => fields.includes("note"));
}

function codeList({ codes, codeLimit }, own, word) {
  const list = h("fieldset", { class: "codes", onchange: () => limit(list, codeLimit) },
    h("legend", {}, word("noteCodes", { n: codeLimit })),
    codes.map((one) => tick({ "data-code": one, checked: own.includes(one) }, codeWord(one, word))),
    h("p", { class: "quiet" }, word("noteNothingElse")));
  limit(list, codeLimit);
  return list;
}

/** More than `most` cannot be ticked. */
function limit(list, most) {
  const boxes = [...list.querySelectorAll("[data-code]")];
  const isFull = boxes.filter(({ checked }) => checked).length >= most;
  for (const box of boxes) box.disabled = isFull && !box.checked;
}

/** What is ticked holds from then on; what the client takes back is unticked. */
function consentLine({ agency, agencyName, fields, agreed }, word) {
  return h("div", { class: "row" }, h("strong", {}, agencyName),
    fields.map((field) => tick({
      "data-reader": agency, "data-field": field, checked: agreed.includes(field),
    }, word(`share.${field}`))));
}

function tick(attributes, text) {
  return h("label", {}, h("input", { type: "checkbox", ...attributes }), " ", text);
}

function chosen(dialog, { readers }) {
  const ticked = [...dialog.querySelectorAll("[data-field]:checked")];
  const consents = readers.map(({ agency, agreed }) => ({
    to: agency, agreed,
    fields: ticked.filter(({ dataset }) => dataset.reader === agency)
      .map(({ dataset }) => dataset.field),
  })).filter(({ fields, agreed }) => fields.join() !== agreed.join())
    .map(({ to, fields }) => ({ to, fields }));
  const codes = [...dialog.querySelectorAll("[data-code]:checked")]
    .map(({ dataset }) => dataset.code);
  return { consents, codes };
}

/** The consent first, or the note would be refused; the receipt is offered once it is recorded. */
async function send(console, answer, own, { consents, codes }) {
  const { word } = console;
  const path = `/v1/counters/${encodeURIComponent(console.counter)}`;
  let isDone = true;
  for (const consent of consents) {
    isDone = isDone && await console.send(`${path}/consent`, consent, () => word("didConsent"));
  }
  if (isDone && codes.join() !== own.join()) {
    isDone = await console.send(`${path}/note`, { codes },
      () => word(codes.length > 0 ? "didNote" : "didTakeNoteBack"));
  }
  if (isDone && consents.length > 0) offerReceipt(console, answer);
  await console.notes.refresh();
}

/** The slip says what is shared with whom: printed again, it is the client's receipt. */
function offerReceipt(console, { visit, number, printers: [printer] }) {
  if (!printer) return;
  const { word } = console;
  byId("message").append(" ", h("button", {
    class: "small", id: "print-receipt",
    onclick: () => console.send(
      `/v1/visits/${visit}/reprint?printer=${encodeURIComponent(printer)}`, undefined,
      () => word("didReprint", { number, printer })),
  }, word("printReceipt")));
}
