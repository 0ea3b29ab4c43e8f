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

const SENTENCES = { printer: "carePrinter", screen: "careScreen", slip: "careSlip" };

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
