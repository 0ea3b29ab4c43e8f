/**
 * What the kiosk asks, in which order. Pure: a choice in, the next state out; `kiosk.js` draws it
 * and talks to the daemon.
 *
 * Steps: language -> needs -> services (when a need has several) -> confirm -> sending -> ticket.
 * From confirm, another matter may be added: needs again, and back to confirm. All get one number.
 * `sending` ends in `unreachable` (try again with the same key) or `refused` instead, too; once the
 * daemon is there again, `unreachable` becomes `again`.
 */

/** So many matters go on one number at the kiosk; reception can add more. */
const MATTER_LIMIT = 3;

export const START = Object.freeze({
  step: "language",
  language: null,
  /** The matter that is being chosen. */
  need: null,
  service: null,
  /** Matters chosen before it: `{need, service}`. */
  matters: Object.freeze([]),
  isPriority: false,
  /** Key of the command under way; kept until its outcome is known. */
  key: null,
  ticket: null,
  refusal: null,
  lostAt: null,
});

export function choseLanguage(state, language) {
  return { ...START, step: "needs", language };
}

/** A need with one service needs no second question. */
export function choseNeed(state, need) {
  if (need.services.length === 1) {
    return { ...state, step: "confirm", need: need.id, service: need.services[0] };
  }
  return { ...state, step: "services", need: need.id, service: null };
}

export function choseService(state, service) {
  return { ...state, step: "confirm", service };
}

/** All matters on the confirm screen, in the order in which they were chosen. */
export function allMatters({ matters, need, service }) {
  return service === null ? matters : [...matters, { need, service }];
}

export function hasService(state, service) {
  return state.matters.some((matter) => matter.service === service);
}

export function mayAddMatter(state) {
  return allMatters(state).length < MATTER_LIMIT;
}

/** "Something else too": asks what, once more. */
export function addedMatter(state) {
  return { ...state, step: "needs", matters: allMatters(state), need: null, service: null };
}

/** Takes a matter off; without any, the question is asked anew. */
export function removedMatter(state, service) {
  const left = allMatters(state).filter((matter) => matter.service !== service);
  return withMatters(state, left);
}

/** The last of `matters` becomes the one that is being chosen. */
function withMatters(state, matters) {
  const last = matters.at(-1);
  if (!last) return { ...state, step: "needs", matters: [], need: null, service: null };
  return { ...state, step: "confirm", matters: matters.slice(0, -1), ...last };
}

/** "I don't know": a person at reception; from the first screen, in the host language. */
export function chosePerson(state, personService, hostLanguage) {
  return {
    ...state,
    step: "confirm",
    language: state.language ?? hostLanguage,
    matters: state.matters.filter(({ service }) => service !== personService),
    need: null,
    service: personService,
  };
}

export function chosePriority(state, isPriority) {
  return { ...state, isPriority };
}

/** Asks for the ticket; a second tap, or a retry, goes on with the key of the first. */
export function sent(state, newKey) {
  return { ...state, step: "sending", key: state.key ?? newKey, refusal: null };
}

export function gotTicket(state, ticket) {
  return { ...state, step: "ticket", ticket, key: null };
}

/** `lostAt`: the last heartbeat before; null when the daemon was there, and a later one says nothing. */
export function gotNoAnswer(state, lostAt = null) {
  return { ...state, step: "unreachable", lostAt };
}

/** Nothing but the key may be sent again: whether a number was issued is not known. */
export function reachedAgain(state) {
  return { ...state, step: "again" };
}

export function gotRefusal(state, refusal) {
  return { ...state, step: "refused", refusal, key: null };
}

/** One step back; the questions stay answered as they were. */
export function wentBack(state, needs) {
  const need = needs.find(({ id }) => id === state.need);
  if (state.step === "confirm" && need && need.services.length > 1) {
    return { ...state, step: "services", service: null };
  }
  if (state.step === "confirm" || state.step === "services") {
    return { ...state, step: "needs", need: null, service: null };
  }
  // Nothing more after all: what was chosen stays.
  if (state.step === "needs" && state.matters.length > 0) return withMatters(state, state.matters);
  return START;
}
