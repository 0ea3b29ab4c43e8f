/** Who this page is, by its cookie: a device that was enrolled, or a person who logged in. */
import { command, read, Refused } from "./api.js";

/**
 * The session, `{role, id}` or `{login, role, agency?, counter?}`, or null when there is none.
 * A page opened as `?enrol=CODE` becomes that device first; the code leaves the address at once.
 */
export async function session() {
  const address = new URL(location.href);
  const enrolment = address.searchParams.get("enrol");
  if (enrolment) {
    address.searchParams.delete("enrol");
    history.replaceState(null, "", address);
    await command("/v1/enrolment", { code: enrolment });
  }
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
  if (role === "manager" || role === "administrator") return "/manager/";
  return counter ? `/counter/?id=${encodeURIComponent(counter)}` : "/counter/";
}

/** `next` only if it is a path of this very server: never a way out to another site. */
export function safePath(next) {
  if (!next || !next.startsWith("/")) return null;
  const address = new URL(next, location.origin);
  return address.origin === location.origin ? address.pathname + address.search : null;
}
