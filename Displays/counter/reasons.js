/** Why it is somebody's turn, in the words of the staff. */

/** The words for one reason of the daemon's: `oldest`, `priority`, `comesBack` and so on. */
export function reasonWord(reason, word) {
  return word(`reason${capital(reason)}`);
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
