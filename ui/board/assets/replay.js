// Replaying a move: the scenarios on the way from before to after. Each is simulated for real.

/** Scenarios from `before` to `after`: `steps` on the way, and both ends. */
export function frames(before, after, steps) {
  return Array.from({ length: steps + 1 }, (unused, index) => {
    if (index === 0) return before;
    if (index === steps) return after;
    const along = index / steps;
    const eased = along * along * (3 - 2 * along);
    return {
      ...after,
      // Only within one organisation is there something between two plans.
      plan: comparable(before, after) ? between(before.plan, after.plan, eased) : after.plan,
    };
  });
}

function comparable(before, after) {
  return JSON.stringify(before.organisation) === JSON.stringify(after.organisation);
}

function between(one, other, along, name = "") {
  if (typeof one === "number" && typeof other === "number") {
    const value = one + (other - one) * along;
    return name.endsWith("_month") || name.endsWith("_months") ? Math.round(value) : value;
  }
  if (one && other && typeof one === "object" && typeof other === "object") {
    return Object.fromEntries(
      Object.keys(other).map((key) => [key, between(one[key], other[key], along, key)]),
    );
  }
  return other;
}
