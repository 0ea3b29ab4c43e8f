/** States of printers, screens and slips in the words of staff. */

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
