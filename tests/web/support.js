// What the modules find in a browser, as far as the pure ones among them use it.

import { test } from "node:test";

/** A storage of strings that fails where it is told to. */
export class FakeStorage {
  content = new Map();
  room = Number.POSITIVE_INFINITY;

  getItem(key) {
    return this.content.get(key) ?? null;
  }

  setItem(key, text) {
    if (text.length > this.room) throw new Error("no room");
    this.content.set(key, text);
  }

  removeItem(key) {
    this.content.delete(key);
  }
}

/**
 * A test whose module finds a browser's globals, fresh for each.
 * @param {string} name
 * @param {(globals: {storage: FakeStorage, events: EventTarget, context: object}) => unknown} body
 */
export function testInBrowser(name, body) {
  test(name, async (context) => {
    const storage = new FakeStorage();
    const events = new EventTarget();
    const globals = {
      sessionStorage: storage,
      localStorage: storage,
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
    };
    const before = Object.fromEntries(
      Object.keys(globals).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]),
    );
    for (const [key, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, key, { value, configurable: true, writable: true });
    }
    context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
    try {
      await body({ storage, events, context });
    } finally {
      for (const [key, descriptor] of Object.entries(before)) {
        if (descriptor) Object.defineProperty(globalThis, key, descriptor);
        else delete globalThis[key];
      }
    }
  });
}

/** A scenario, as far as states look into it. */
export function scenario(name, values = {}) {
  return {
    schema_version: 2,
    name,
    story: "",
    description: "",
    notes: "",
    author: "",
    date: null,
    organisation: { name: "Somebody", budgets: { training: 100 } },
    plan: { training: { share_moved: 0, start_month: 0, split: null }, split: { content: 1 } },
    assumptions: {},
    horizon_months: 60,
    seed: 1,
    results: null,
    ...values,
  };
}

/** A state as a first visit has it. */
export function firstState(doc = scenario("standard")) {
  return {
    base: doc,
    doc,
    isFileAsOpened: false,
    locked: [],
    held: [],
    pins: [],
    pinned: 0,
    compareList: null,
    charts: ["cumulative_value", "customers"],
    view: { mode: "normal", theme: "auto", keys: true },
    addressQuery: "",
  };
}
