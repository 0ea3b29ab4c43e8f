/**
 * Requests to the daemon. A command carries a key of its own; when the answer is lost, the same key
 * is sent again, and the daemon gives the same answer instead of doing it twice.
 */

/** One attempt may take this long. */
const ATTEMPT_MILLISECONDS = 6_000;
/** Waits before the attempts that follow the first. */
const RETRY_MILLISECONDS = [400, 1_200, 2_500];

/** The daemon answered, and said no: `name` is the refusal's, `detail` a sentence in English. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.refusal = problem.name ?? "";
    this.detail = this.message;
  }
}

/**
 * The daemon could not be reached, or could not say what became of the command. `isAnswered` tells
 * that it was there and failed: a connection that comes back will not help.
 */
export class Unreachable extends Error {
  constructor(message, { isAnswered = false, ...options } = {}) {
    super(message, options);
    this.isAnswered = isAnswered;
  }
}

export function newKey() {
  // `randomUUID` exists only in secure contexts; a venue's own network may be plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends a command and waits for its outcome. Answers the body, or null for 204.
 * Keep `key` and call again with it after `Unreachable`: nothing is done twice.
 */
export async function command(path, body, { key = newKey() } = {}) {
  let response = null;
  for (const wait of [0, ...RETRY_MILLISECONDS]) {
    if (wait > 0) await pause(wait);
    response = await attempt(path, body, key);
    if (response === null || response.status >= 500) continue;
    return answer(response);
  }
  throw new Unreachable(path, { isAnswered: response !== null });
}

/** Reads a resource. Throws `Refused` or `Unreachable`; no retries of its own. */
export async function read(path) {
  let response;
  try {
    response = await fetch(path, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(ATTEMPT_MILLISECONDS),
    });
  } catch (error) {
    throw new Unreachable(path, { cause: error });
  }
  if (response.status >= 500) throw new Unreachable(path);
  return answer(response);
}

export function remove(path) {
  return fetch(path, { method: "DELETE", signal: AbortSignal.timeout(ATTEMPT_MILLISECONDS) });
}

async function attempt(path, body, key) {
  const headers = { Accept: "application/json", "Idempotency-Key": key };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(path, {
      method: "POST",
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(ATTEMPT_MILLISECONDS),
    });
  } catch {
    return null;
  }
}

async function answer(response) {
  if (response.status === 204) return null;
  const text = await response.text();
  let body = {};
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    if (response.ok) throw new Unreachable("The answer was cut off.");
  }
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
