// What it is that an answer did not come, or is not the simulator's own. The page that opens has this
// file within it, before any module has arrived: it loads nothing.

/**
 * The kind of failure that an answer is, or null for one that may be the simulator's. What is said of
 * each kind is in ui/text/failures.py.
 * @param {{ok: boolean, status: number, type?: string, headers: {get(name: string): string | null}}} answer
 * @param {string} wanted  what its type has to contain, such as "json"
 * @returns {string | null}
 */
export function failureOf({ ok, status, type, headers }, wanted) {
  if (type === "opaqueredirect") return "redirected";
  if (ok) return (headers.get("content-type") ?? "").includes(wanted) ? null : "foreign";
  if (status === 401 || status === 403 || status === 407 || status === 511) return "denied";
  if (status === 413 || status === 414 || status === 431) return "limit";
  if (status === 502 || status === 503 || status === 504) return "gateway";
  if (status === 404 || status === 405 || status === 410) return "gone";
  if (status === 429) return "often";
  if (status === 408) return "slow";
  return status >= 500 ? "failed" : "foreign";
}

/**
 * The kind of failure that a request ended in without an answer.
 * @param {any} error  as fetch throws it
 */
export function failureWithout(error) {
  if (error?.name === "TimeoutError") return "slow";
  return globalThis.navigator?.onLine === false ? "offline" : "lost";
}
