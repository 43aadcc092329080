// Asking the server: the one place that fetches, and the one error that comes of it.

import { failureOf, failureWithout } from "./failure.js";

const PATIENCE_MS = 15_000;
const WATCHED_PATIENCE_MS = 180_000; // it tells how far it is, and can be stopped
const REFUSALS = [413, 422];

/** What is said of each kind of failure, in the page's language. @type {Record<string, string>} */
let failures = {};

/** @param {Record<string, string>} texts  by kind, as the server tells them at the start */
export function setFailures(texts) {
  failures = texts;
}

let newest = "";

/** What is said of the newest failure: to whoever knows only that there was no answer. */
export function newestFailure() {
  return newest;
}

/** The server did not do it: it said why, or did not answer at all, or something else did. */
export class RequestError extends Error {
  /**
   * @param {number} status  as in HTTP; 0 without an answer of the server's
   * @param {Record<string, any>} reply  what the server said
   * @param {ErrorOptions & {kind?: string | null, detail?: string}} [options]  `kind`: what it is that
   *   the server did not say anything (server/failure.js); `detail`: for whoever looks into it
   */
  constructor(status, reply = {}, { kind, detail = "", ...options } = {}) {
    super(reply.text ?? (detail || `status ${status}`), options);
    this.status = status;
    this.reply = reply;
    this.kind = kind ?? (status ? null : "lost");
    this.detail = detail;
    if (this.kind !== null) newest = this.text ?? "";
  }

  /** Whether the server answered that it will not, as the request is. */
  get isRefusal() {
    return this.kind === null && REFUSALS.includes(this.status);
  }

  /** What to say of it: the server's own words, else what kind of failure it is; undefined where what
   * is wrong with the request says it all. @returns {string | undefined} */
  get text() {
    if (this.reply.text) return this.reply.text;
    return this.kind === null ? undefined : failures[this.kind];
  }

  /** What is wrong with what was sent, or null where that is not known. @returns {Problem[] | null} */
  get problems() {
    return this.isRefusal ? (this.reply.problems ?? []) : null;
  }
}

/**
 * An error that a request ended in. Throws any other one: that is a fault of our own code, which must
 * not be taken for an answer, or for a lost connection.
 * @param {unknown} error
 * @returns {RequestError}
 */
export function requestError(error) {
  if (error instanceof RequestError) return error;
  throw error;
}

/**
 * Report a fault of our own code where there is nobody to throw it to, and nothing else hangs on it.
 * @param {unknown} error
 */
export function reportUnlessLost(error) {
  if (!(error instanceof RequestError)) reportError(error);
}

/**
 * Send a request below the app's own address. Throws RequestError.
 * @param {string} address
 * @param {RequestInit & {patience?: number, type?: string, breaking?: AbortSignal}} options
 *   `patience`: milliseconds until the reply is there; with a `signal` it has all the time until that
 *   ends it; `breaking` ends it sooner; `type`: what the type of the reply has to contain, as that of no
 *   login page does
 * @returns {Promise<Response>}
 */
export async function request(
  address,
  { patience = PATIENCE_MS, type = "json", breaking, ...options } = {},
) {
  const url = new URL(address, document.baseURI);
  const timeout = AbortSignal.timeout(patience);
  const signal = breaking ? AbortSignal.any([timeout, breaking]) : timeout;
  const response = await unlessLost(fetch(url, { signal, redirect: "manual", ...options }));
  const kind = failureOf(response, type);
  if (kind === null) return response;
  const reply = response.ok ? {} : await response.json().catch(() => ({}));
  if (isOurs(reply, response.status)) throw new RequestError(response.status, reply);
  const what = `${response.status || ""} ${response.headers.get("content-type") ?? ""}`.trim();
  const status = response.ok ? 0 : response.status;
  throw new RequestError(status, {}, { kind, detail: `${what}, ${url.href}` });
}

/** Whether it was the server itself that refused, and said why: proxies word it in other ways.
 * @param {any} reply @param {number} status */
function isOurs(reply, status) {
  return Boolean(reply?.problem) || (Array.isArray(reply?.problems) && REFUSALS.includes(status));
}

/**
 * What comes over the network. Throws RequestError where it breaks off.
 * @template T
 * @param {Promise<T>} coming
 * @returns {Promise<T>}
 */
export function unlessLost(coming) {
  return coming.catch((cause) => {
    if (cause?.name !== "AbortError") console.warn(cause); // else we broke it off ourselves
    const kind = cause instanceof SyntaxError ? "foreign" : failureWithout(cause);
    throw new RequestError(0, {}, { cause, kind, detail: String(cause) });
  });
}

/**
 * Get JSON by its address below the app's own. Throws RequestError.
 * @param {string} address
 * @param {RequestInit & {patience?: number}} options  as `request` takes them
 * @returns {Promise<any>}
 */
export async function get(address, options = {}) {
  return unlessLost((await request(address, options)).json());
}

/**
 * Send `content` to a route of the board; the parsed reply. Throws RequestError.
 * @param {string} route
 * @param {object} content
 * @param {{patience?: number, signal?: AbortSignal, breaking?: AbortSignal}} options
 * @returns {Promise<any>}
 */
export async function ask(route, content, options = {}) {
  const body = JSON.stringify(content);
  const response = await request(`board/${route}`, { method: "POST", body, ...options });
  return unlessLost(response.json());
}

/**
 * Send `content` to a route whose work can be watched, and be stopped by `breaking`; the reply. Throws
 * RequestError.
 * @param {string} route
 * @param {object} content
 * @param {{breaking?: AbortSignal, onDone?: (share: number) => void, onRough?: (reply: any) => void}} hear
 *   `onDone`: how far it is, 0-1; `onRough`: a first picture of the reply
 * @returns {Promise<any>}
 */
export async function askWatched(route, content, { breaking, onDone, onRough } = {}) {
  const response = await request(`board/${route}`, {
    method: "POST",
    body: JSON.stringify(content),
    headers: { Accept: "application/x-ndjson, application/json" },
    patience: WATCHED_PATIENCE_MS,
    breaking,
  });
  /** @type {any} */
  let reply = null;
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; reader; ) {
    const { value = "", done } = await unlessLost(reader.read());
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    if (done && rest) lines.push(rest);
    for (const line of lines) {
      const message = await unlessLost(Promise.resolve(line).then(JSON.parse));
      if ("done" in message) onDone?.(message.done);
      else if ("rough" in message) onRough?.(message.rough);
      else reply = message;
    }
    if (done) break;
  }
  if (!reply) throw new RequestError(0, {}, { kind: "lost" });
  if (reply.problems) throw new RequestError(422, reply);
  return reply;
}
