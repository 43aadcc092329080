import assert from "node:assert/strict";
import { test } from "node:test";

import { laidOver, liftedOff } from "../../ui/web/kit/over.js";
import { createOver } from "../../ui/web/state/over.js";

/** A history that goes back when it is told to, as a browser does: later. */
function visited(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const entries = [{ board: "before" }, { board: "now" }];
  let place = 1;
  let asked = 0;
  globalThis.history = {
    get state() {
      return entries[place];
    },
    back() {
      asked += 1;
    },
  };
  context.after(() => delete globalThis.history);
  const closed = [];
  const over = createOver(() => {
    entries.splice(place + 1, 9, { ...entries[place], isOver: true });
    place += 1;
  });
  const lay = (name) =>
    laidOver(() => {
      closed.push(name);
      liftedOff();
    });
  const went = (isElsewhere = false) => over.took({ state: entries[place] }, isElsewhere);
  return {
    closed,
    lay,
    entries,
    place: () => place,
    go(isElsewhere) {
      place -= 1;
      return went(isElsewhere);
    },
    forth() {
      place += 1;
      return went();
    },
    /** All that was asked for has come. */
    arrived() {
      context.mock.timers.tick(1);
      const taken = [];
      for (; asked; asked -= 1) {
        place -= 1;
        taken.push(went());
      }
      return taken;
    },
  };
}

test("going back closes what lies over the page, and is about nothing else", (context) => {
  const way = visited(context);
  way.lay("chart");
  assert.equal(way.place(), 2);
  assert.ok(way.go());
  assert.deepEqual([way.closed, way.place()], [["chart"], 1]);
  assert.deepEqual(way.arrived(), [], "its entry is left already");
  assert.ok(!way.go(), "the next one is the page's own");
});

test("what is closed otherwise takes its entry along, once", (context) => {
  const way = visited(context);
  way.lay("one");
  liftedOff();
  way.lay("other"); // at once, as when the key is pressed again
  liftedOff();
  assert.deepEqual(way.arrived(), [true]);
  assert.deepEqual([way.closed, way.place()], [[], 1]);
  assert.ok(!way.go());
});

test("what takes the place of another has the same entry", (context) => {
  const way = visited(context);
  way.lay("one");
  liftedOff();
  way.lay("other");
  assert.deepEqual(way.arrived(), []);
  assert.equal(way.entries.length, 3);
  assert.ok(way.go());
  assert.deepEqual(way.closed, ["other"]);
});

test("what is laid over the page while its entry is being left gets another", (context) => {
  const way = visited(context);
  way.lay("one");
  liftedOff();
  context.mock.timers.tick(1); // the browser is asked, and has not gone yet
  way.lay("other");
  assert.deepEqual(way.arrived(), [true]);
  assert.equal(way.place(), 2);
  assert.ok(way.go());
  assert.deepEqual([way.closed, way.place()], [["other"], 1]);
});

test("an entry over which nothing lies any more is passed by", (context) => {
  const way = visited(context);
  way.lay("chart");
  way.go();
  assert.ok(way.forth());
  assert.deepEqual(way.arrived(), [false]);
  assert.equal(way.place(), 1);
  way.lay("chart");
  assert.ok(!way.go(true), "a way to another page is the page's own");
});
