/** What needs a person, in the words of staff: states of printers, screens and slips. */

/**
 * "paper out, cover open" or "disconnected" in words; a state that this page does not know is shown
 * as it came.
 */
export function stateWord(state, word) {
  return state.split(", ").map((part) => {
    const key = `state.${part.replace(/ ([a-z])/g, (space, letter) => letter.toUpperCase())}`;
    const known = word(key);
    return known === key ? part : known;
  }).join(", ");
}

/** Why a slip is in doubt or failed; a reason that this page does not know is shown as it came. */
export function reasonWord(reason, word) {
  const key = `reason.${reason}`;
  const known = word(key);
  return known === key ? reason : known;
}

const SENTENCES = {
  printer: "carePrinter", screen: "careScreen", screens: "careScreens", slip: "careSlip",
};

/** "Printer P1: out of paper". */
export function careSentence({ kind, subject, state }, word) {
  return word(SENTENCES[kind], { subject, state: stateWord(state, word) });
}

/** What else is known of a printer: slips that wait, and about how many are left on its roll. */
export function careDetails({ waiting, slipsLeft, level }, word) {
  return [
    waiting > 0 ? word("careWaiting", { n: waiting }) : null,
    slipsLeft !== undefined && level === "near" ? word("careSlipsLeft", { n: slipsLeft }) : null,
  ].filter(Boolean);
}

/**
 * The same list, where screens that show nothing share one line of kind `screens`: four of them must
 * not push a printer out of sight.
 */
export function screensTogether(care) {
  const screens = care.filter(({ kind }) => kind === "screen");
  if (screens.length < 2) return care;
  const known = screens.map(({ since }) => since).filter((since) => since !== undefined);
  const together = {
    ...screens[0], kind: "screens", subject: screens.map(({ subject }) => subject).join(", "),
    since: known.length > 0 ? Math.min(...known) : undefined,
  };
  return care.filter((one) => one.kind !== "screen" || one === screens[0])
    .map((one) => (one === screens[0] ? together : one));
}
