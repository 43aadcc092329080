// Asking the server: the one place that fetches, and the one error that comes of it.

const PATIENCE_MS = 15_000;
const REFUSALS = [413, 422];

/** The server did not do it: it said why, or did not answer at all. */
export class RequestError extends Error {
  /**
   * @param {number} status  as in HTTP; 0 without an answer
   * @param {Record<string, any>} reply  what the server said
   * @param {ErrorOptions} [options]
   */
  constructor(status, reply = {}, options = undefined) {
    super(reply.text ?? `status ${status}`, options);
    this.status = status;
    this.reply = reply;
  }

  /** Whether the server answered that it will not, as the request is. */
  get isRefusal() {
    return REFUSALS.includes(this.status);
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
 * @param {RequestInit & {patience?: number, breaking?: AbortSignal}} options  `patience`: milliseconds
 *   until the reply is there; with a `signal` it has all the time until that ends it; `breaking` ends it
 *   sooner
 * @returns {Promise<Response>}
 */
export async function request(address, { patience = PATIENCE_MS, breaking, ...options } = {}) {
  const url = new URL(address, document.baseURI);
  const timeout = AbortSignal.timeout(patience);
  const signal = breaking ? AbortSignal.any([timeout, breaking]) : timeout;
  const response = await unlessLost(fetch(url, { signal, ...options }));
  if (response.ok) return response;
  throw new RequestError(response.status, await response.json().catch(() => ({})));
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
    throw new RequestError(0, {}, { cause });
  });
}

/**
 * Get JSON by its address below the app's own. Throws RequestError.
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function get(address) {
  return unlessLost((await request(address)).json());
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
