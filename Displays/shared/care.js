/** States of printers, screens and slips in the words of staff. */

/** A state in words; one that this page does not know is shown as it came. */
export function stateWord(state, word) {
  const key = `state.${state}`;
  const known = word(key);
  return known === key ? state : known;
}
