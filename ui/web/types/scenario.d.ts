// A scenario, as its file holds it. The types of this folder are global: any file may name them in
// its JSDoc. Nothing of them is served.

/** A share of each instrument, savings among them; they add up to 1. */
type Split = Record<string, number>;

/** A range of an assumption. */
interface ValueRange {
  low: number;
  central: number;
  high: number;
}

/** What moves out of a budget. */
interface Source {
  share_moved: number;
  start_month: number;
  ramp_months: number;
  /** Its own way, where it is another than that of all. */
  split: Split | null;
}

/** A first stage, and what is done in the month of the review: by a figure, or whatever happens. */
interface Stages {
  /** Of each of the plan's changes, 0-1. */
  first_depth: number;
  review_month: number;
  figure: string | null;
  /** On which side of a threshold readings are worse. */
  side: "below" | "above";
  /** Thresholds, shares; null: never. */
  back: number | null;
  on: number | null;
  always: "back" | "stay" | "on" | null;
  step_months: number;
  people: number;
  records: number;
  rebuilding: number;
}

interface Plan {
  split: Split;
  involvement: Record<string, number>;
  /** Null: all at once. Of a scenario that a tab has kept from before there were stages: missing. */
  stages?: Stages | null;
  /** The sources, each by its name. */
  [source: string]: any;
}

interface Organisation {
  name: string;
  currency: string;
  customers: number;
  employees: number;
  budgets: Record<string, number>;
  involvement: Record<string, number>;
  [field: string]: any;
}

/** A scenario, as its file holds it; never changed in place. */
interface Doc {
  schema_version: number;
  name: string;
  story: string;
  description: string;
  notes: string;
  author: string;
  date: string | null;
  organisation: Organisation;
  plan: Plan;
  /** By id: a range, or a number that leaves no doubt. */
  assumptions: Record<string, number | ValueRange>;
  horizon_months: number;
  seed: number;
  /** What it came to when it was saved. */
  results?: object | null;
}

/** Something that is wrong with what was sent: where, what is there, what may be. */
interface Problem {
  field: string;
  found: string;
  allowed: string;
}
