/** What can be done at a counter now, by which key, and what the console says afterwards. */
import { byId, fill, h } from "/shared/dom.js";

/** Presses within this time of one's own call are ignored. */
export const CALL_GUARD_MILLISECONDS = 2_000;

const key = (wanted) => (event) => !event.ctrlKey && !event.metaKey && !event.altKey
  && event.key.toLowerCase() === wanted;

/**
 * The actions in the order of the keys on the screen. `isEnabled` follows the view; the daemon has
 * the last word. `worksAlways` marks keys that no dictation types by accident.
 */
export function availableActions(console) {
  const { view, word } = console;
  if (!view) return [];
  const current = view.current;
  const isHere = Boolean(current) && view.isDayOpen;
  const isCalled = current?.status === "called" && view.isDayOpen;
  const undoSeconds = Math.round(console.undoMilliseconds / 1000 / (console.clock.speed || 1));
  return [
    {
      name: "call-next", label: word(current ? "finishAndCall" : "callNext"), keys: word("keySpace"),
      matches: key(" "), isEnabled: view.isDayOpen, isMain: true,
      said: (answer) => (answer
        ? word("didCall", { number: answer.number }) : word("didNobody")),
    },
    {
      name: "recall", label: word("recall"), keys: "R", matches: key("r"), isEnabled: isHere,
      said: () => word("didRecall"),
    },
    {
      name: "start", label: word("start"), keys: "↵", matches: key("enter"), isEnabled: isCalled,
      said: () => word("didStart"),
    },
    {
      name: "forward", label: word("forward"), keys: "E", matches: key("e"), isEnabled: isHere,
      opens: () => console.forward(),
    },
    {
      name: "park", label: word("park"), keys: "P", matches: key("p"), isEnabled: isHere,
      said: () => word("didPark"),
    },
    {
      name: "no-show", label: word("noShow"), keys: "F", matches: key("f"), isEnabled: isCalled,
      said: () => word("didNoShow"),
    },
    {
      name: "finish", label: word("finish"), keys: "T", matches: key("t"), isEnabled: isHere,
      // A venue that names no outcomes has nothing to ask.
      ...(view.outcomes.length > 0 ? { opens: () => console.finish() } : {}),
      said: () => word("didFinish"),
    },
    ...noteActions(console, isHere),
    ...receptionActions(console, isHere),
    {
      name: "undo", label: undoSeconds > 0 ? word("undoFor", { n: undoSeconds }) : word("undo"),
      keys: "Ctrl Z", place: "undo", worksAlways: true, isEnabled: undoSeconds > 0,
      matches: (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z",
      said: () => word("didUndo"),
    },
    {
      name: "printers", label: word("printersTitle"), keys: "S", matches: key("s"), place: "foot",
      isEnabled: true, opens: () => console.printers(),
    },
    breakAction(view, word),
    {
      name: "close", label: word("closeCounter"), place: "breaks",
      isEnabled: view.status !== "closed" && !current, said: () => word("didClose"),
    },
  ];
}

/** Where no agreement lets anybody read, there is nothing to note. */
function noteActions(console, isHere) {
  if (!console.notes.canShare) return [];
  return [{
    name: "note", label: console.word("note"), keys: "N", matches: key("n"), place: "undo",
    isEnabled: isHere, opens: () => console.note(),
  }];
}

/** What only the reception's counters offer; a number is issued by whoever may. */
function receptionActions(console, isHere) {
  const { view, word } = console;
  if (!view.isReception) return [];
  const newVisit = {
    name: "new-visit", label: word("newVisit"), keys: "V", matches: key("v"),
    isEnabled: view.isDayOpen, opens: () => console.newVisit(),
  };
  return [
    ...(console.mayAssign ? [newVisit] : []),
    {
      name: "more-stops", label: word("addStops"), keys: "M", matches: key("m"), isEnabled: isHere,
      opens: () => console.moreStops(),
    },
    {
      name: "reprint", label: word("reprint"), keys: "I", matches: key("i"),
      isEnabled: isHere && view.outlets.length > 0, opens: () => console.reprint(),
    },
  ];
}

function breakAction({ status, isDayOpen }, word) {
  const isOpen = status === "open";
  return {
    name: isOpen ? "pause" : "open", label: word(isOpen ? "pause" : "open"), keys: "F9",
    worksAlways: true, place: "breaks", isEnabled: isDayOpen,
    matches: (event) => event.key === "F9",
    said: () => word(isOpen ? "didPause" : "didOpen"),
  };
}

/** Draws the keys; the focus stays on the key that had it. */
export function drawActions(console) {
  const focused = document.activeElement?.dataset?.action;
  const draw = (action) => actionKey(console, action);
  for (const place of ["actions", "undo", "breaks"]) {
    const here = console.actions.filter((action) => (action.place ?? "actions") === place);
    fill(byId(place), here.map(draw));
  }
  if (focused) document.querySelector(`[data-action="${focused}"]`)?.focus();
}

function actionKey(console, { name, label, keys, isEnabled, isMain, place }) {
  const look = place === "breaks" ? "break" : isMain ? "button main" : "button";
  return h("button", {
    class: look, "data-action": name, disabled: !isEnabled, onclick: () => console.run(name),
  }, h("span", {}, label), keys ? h("kbd", {}, keys) : null);
}
