/** Who this page is, by its cookie: a device that was enrolled, or a person who logged in. */
import { command, read, Refused } from "./api.js";

/**
 * The session, `{role, id}` or `{login, role, agency?, counter?}`, or null when there is none.
 *
 * A page opened as `?enrol=CODE` becomes that device first; the code leaves the address as soon as
 * the daemon has answered. A code works once, yet its link may stand in a device's autostart: a
 * device that has `role` already goes on as what it is. Any other gets the daemon's `Refused`.
 */
export async function session(role) {
  const address = new URL(location.href);
  const enrolment = address.searchParams.get("enrol");
  if (!enrolment) return whoAmI();
  const refusal = await enrol(enrolment);
  address.searchParams.delete("enrol");
  history.replaceState(null, "", address);
  const who = await whoAmI();
  if (refusal && (!who || who.role !== role)) throw refusal;
  return who;
}

/** Null when the code was taken; else why not. */
async function enrol(code) {
  try {
    await command("/v1/enrolment", { code });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

async function whoAmI() {
  try {
    return await read("/v1/session");
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null;
    throw error;
  }
}

/** Goes to the login page and comes back here. */
export function logIn() {
  location.replace(`/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Where a person's work is, by role. */
export function homeOf({ role, counter }) {
  if (role === "mediator") return "/mediator/";
  if (role === "manager" || role === "administrator") return "/manager/";
  return counter ? `/counter/?id=${encodeURIComponent(counter)}` : "/counter/";
}

/** `next` only if it is a path of this very server: never a way out to another site. */
export function safePath(next) {
  if (!next || !next.startsWith("/")) return null;
  const address = new URL(next, location.origin);
  return address.origin === location.origin ? address.pathname + address.search : null;
}
