// What the page of the best plan is told by the server (ui/text/best.py, ui/routes/best.py).

/** What can be asked. */
interface BestForm {
  objectives: { id: string; label: string; has_target: boolean }[];
  groups: { id: string; label: string; paths: string[] }[];
  lines: { id: string; label: string }[];
  quality: string;
  frontiers: { id: string; label: string }[];
}

/** Something that has to hold. */
interface BestLimit {
  subject: string;
  at_most: boolean;
  amount: number;
  month?: number;
}

/** What is asked. */
interface BestQuestion {
  objective: string;
  target: number | null;
  moves: string[];
  limits: BestLimit[];
}

interface BestCheck {
  id: string;
  state: "met" | "missed" | "open";
  word: string;
  text: string;
}

interface BestPlan {
  id: string;
  label: string;
  doc: Doc;
  worth: string;
  mean: string;
  amount: number;
  range: string;
  better: string;
  behind: string;
  differs: string[];
  note: string;
}

interface BestEnd {
  /** A share of the line, 0-1. */
  end: number;
  text: string;
}

interface BestBar {
  label: string;
  proposed: BestEnd;
  present: BestEnd;
  /** Of levers of time there is none. */
  today: BestEnd | null;
}

/** What came of it; where no plan keeps to all, sentences alone. */
interface BestAnswer {
  verdict: "better" | "too_close" | "none_better" | "infeasible";
  title: string;
  sentences: string[];
  cautions: string[];
  is_certified: boolean;
  checks: BestCheck[];
  plans: BestPlan[];
  asked: string;
  money: BestBar[];
  people: BestBar[];
  reasons: string[];
  marginals: { label: string; text: string; net: number }[];
  /** What lines that get some of the money, and not all, say beside one another; may be empty. */
  marginals_note: string;
  /** That plans are judged in other cases than the headline. */
  fresh: string;
  /** Why averages are not the headline; may be empty. */
  averages: string;
  how: string;
}

/** The reply of `best`. */
interface BestReply {
  progress: number;
  /** Whether nothing is left to be found; the answer is there, certified, before that. */
  is_done: boolean;
  /** The best plan so far. */
  best: Doc | null;
  answer: BestAnswer | null;
}

/** A plan on the way from the best one to another end. */
interface BestPoint {
  doc: Doc;
  mean: string;
  level: string;
  /** What is worth more than it, or "". */
  note: string;
  /** Whether it is one to take. */
  is_offered: boolean;
  /** Where it stands, 0-1: by level, and by value. */
  x: number;
  y: number;
}

/** The reply of `best-frontier`. */
interface BestFrontier {
  label: string;
  /** Null while the best plan is still looked for. */
  points: BestPoint[] | null;
}
