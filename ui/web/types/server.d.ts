// What the server says, once and in its answers.

// --- what the server says once -------------------------------------------------------------------

/** A help text, and the evidence behind it. */
interface Help extends Foundation {
  title?: string;
  /** What is compared with what. */
  compared?: string;
  /** What the server calls the number: it can say how it came about. */
  number?: string;
  /** Of which plan, if not of the present one. */
  doc?: Doc;
  /** How it came about, where that is known already. */
  how?: Explanation;
  /** Asks what it rests on, where that is worked out for whoever asks. */
  rests?: () => Promise<Foundation>;
  text: string;
  /** What the text announces, one after the other. */
  items?: string[];
  /** What is to be known beside it. */
  more?: string;
  /** Where there is more of it. */
  way?: { label: string; go: () => void };
  claim?: string;
  claimText?: string;
  verdict?: string;
  /** Whether what it rests on comes with how it came about; what stands here is for where that does not. */
  isMeasured?: boolean;
}

/** What a number rests on. */
interface Foundation {
  /** Of the weakest assumption. */
  grade?: string;
  gradeMeaning?: string;
  /** Ids of those that matter most. */
  assumptions?: string[];
}

interface Preset {
  id: string;
  doc: Doc;
  name: string;
  story: string;
  organisation: string;
  /** How many there are, as that organisation calls them. */
  customers: string;
}

/** A lever of a plan. */
interface Lever {
  /** What says how it came about, or null. */
  number?: string | null;
  /** Dotted, in a scenario; "*" for every source. */
  path: string;
  label: string;
  unit: string;
  /** So many are shown at most and kept of what is typed, of a share in per cent. */
  decimals: number;
  reading: string;
  /** Of a value of 1, if that is another text. */
  reading_of_one: string;
  /** What to say to whoever types anything but from "{low}" to "{high}". */
  allowed: string;
  min: number;
  max: number;
  stops: number[];
  words: { exact: [number, string][]; from: [number, string][]; template?: string };
  help: Help;
  /** Paths, each if there is one: of the budget it is a part of, of what is so today, of its end. */
  budget: string | null;
  today: string | null;
  up_to: string | null;
}

/** A lever of a plan in stages. */
interface StagesLever extends Lever {
  /** In which it is there; all if there are none. */
  rules: string[];
  side: Stages["side"] | null;
}

/** What makes a plan in stages. */
interface StagesWords {
  label: string;
  switch: string;
  help: Help;
  levers: StagesLever[];
  rules: { id: string; label: string }[];
  figures: { id: string; label: string; side: Stages["side"]; mark: number }[];
  choices: Record<"rule" | "figure", { label: string; number: string; help: Help }>;
  which: string;
  start: Stages & { figure: string };
}

/** What is typical for a field of the organisation. */
interface Hint {
  text: string;
  low: number;
  high: number;
  per: string[];
  currency: string | null;
  grade: string;
  grade_meaning: string;
  source: string;
  reported: string;
  address: string | null;
}

/** A number or text of the organisation. */
interface Field {
  path: string;
  label: string;
  /** The label in every language, as tables that people bring may have it. */
  names: string[];
  /** Words that may stand behind its number, in every language and in lower case. */
  counted?: string[];
  help: string;
  kind: "text" | "currency" | "noun" | "number" | "money" | "share";
  hints: Hint[];
  shortest?: number | null;
  longest?: number | null;
  pattern?: string | null;
  /** Texts that are known, as the page says them: nouns, and names of shipped organisations. */
  choices?: { id: string; label: string }[];
  whole?: boolean;
  unit?: string;
  min?: number;
  max?: number;
  /** Whether it may be left empty: nobody knows. */
  optional: boolean;
  /** What is drawn then, in words. */
  drawn: string;
  /** What is to be known where the value is less than `below`. */
  caution: { below: number; text: string } | null;
}

/** An assumption about the world. */
interface Assumption extends ValueRange {
  id: string;
  group: string;
  label: string;
  meaning: string;
  unit: string;
  percent: boolean;
  min: number;
  max: number;
  distribution: string;
  grade: string;
  citation: string;
  reported: string;
  note: string;
  read: string;
  own_judgement: boolean;
  described: boolean;
  /** What the model calls it, in English, where pages have plainer words; else empty. */
  term: string;
  /** Path of the organisation's number that is used instead where it is known; empty: none. */
  known_by: string;
}

/** A page of the board. */
interface PageLink {
  id: string;
  label: string;
  /** Where something is looked up: one more click away. */
  looked_up: boolean;
}

/** A group of fields of the organisation. */
interface FieldGroup {
  id: string;
  label: string;
  /** What is to be known about all of them; may be empty. */
  note: string;
  fields: Field[];
}

/** What a chart can show. */
interface Outcome {
  id: string;
  label: string;
  meaning: string;
  /** Whether scenarios can be laid over one another in it. */
  comparable: boolean;
}

/** What the server refuses beyond: characters of texts, bytes of a file, and how many. */
interface Limits {
  longest_name: number;
  file_bytes: number;
  pins: number;
  fewest_compared: number;
  compared: number;
  library: Record<"name" | "description" | "tag" | "tags" | "who" | "why" | "search", number>;
}

/** How a language writes numbers and plurals. */
interface Formats {
  locale: string;
  thousands_in_full: boolean;
  /** What letters behind a number stand for. */
  shorthand: Record<string, number>;
  /** Which form of a message each plural category takes. */
  plural_forms: Record<string, number>;
}

/** What the server says once for every language (ui/routes/bootstrap.py). */
type OptionValue = boolean | number | string;

/** Something that an analysis can be asked. */
interface AnalysisOption {
  id: string;
  label: string;
  /** Whether few ask it, so that it is folded away. */
  is_detail: boolean;
  kind: "flag" | "whole" | "number" | "choice";
  /** Whether it is a number from 0 to 1, which is asked for in per cent. */
  is_share: boolean;
  /** Whether it is an amount in the plan's currency. */
  is_money?: boolean;
  default: OptionValue;
  /** The field of a plan's stages whose value it has until somebody says another. */
  stages: string | null;
  min?: number;
  max?: number;
  choices: { id: string; label: string }[];
}

/** An analysis that can be asked for. */
interface AnalysisEntry {
  id: string;
  label: string;
  lead: string;
  /** What to say where it finds no rows. */
  nothing: string;
  /** The page that shows it. */
  room: "simulate" | "assumptions";
  /** The single key that opens it, or "". */
  key: string;
  options: AnalysisOption[];
}

interface Start {
  language: string;
  /** What customers are called in its texts. */
  called: string;
  languages: { code: string; name: string }[];
  catalogue: Record<string, string | string[]>;
  formats: Formats;
  /** What is said of each kind of failure (server/failure.js). */
  failures: Record<string, string>;
  /** Of the product, and of the model in it. */
  simulator_version: string;
  model_version: string;
  limits: Limits;
  pages: PageLink[];
  charts: [string, string];
  presets: Preset[];
  /** Names of scenario files that cannot be used. */
  unusable: string[];
  default: string;
  levers: { id: string; label: string; levers: Lever[] }[];
  stages: StagesWords;
  fields: FieldGroup[];
  outcomes: {
    group: string;
    label: string;
    items: Outcome[];
  }[];
  figures: FigureEntry[];
  analyses: AnalysisEntry[];
  verdict: {
    label: string;
    help: Help;
    /** Of the warning of weak evidence; `way`: to the analysis that has it in full. */
    weak: { title: string; text: string; more: string; way: string };
  };
  register: Assumption[];
  groups: Record<string, string>;
  grades: Record<string, string>;
  /** What stands for an assumption's grade where a scenario has a figure of its own. */
  own_figure: { grade: string; meaning: string };
  palettes: Record<"light" | "dark", string>;
}

/** A figure of the headline strip. */
interface FigureEntry {
  id: string;
  label: string;
  /** What is compared with what. */
  compared: string;
  /** Whether it is the answer itself, which all else stands beside. */
  leads: boolean;
  help: Help;
}

// --- what it answers -----------------------------------------------------------------------------

/** A chart as Plotly takes it; its layout only where the browser does not have that. */
interface Figure {
  id: string;
  key: string;
  title: string;
  unit: string;
  alt: string;
  data: any[];
  layout: any;
}

/** A stock at a glance. */
interface Multiple {
  id: string;
  label: string;
  unit: string;
  plan: number[];
  low: number[];
  high: number[];
  baseline: number[];
  axis: [number, number];
  /** Where of it the plan is reviewed, 0-1, if it is in stages. */
  review: number | null;
  now: string;
  change: string;
  alt: string;
}

/** A figure of the headline strip. */
interface HeadlineFigure {
  id: string;
  label: string;
  value: string;
  range: string;
}

/** A note on numbers of an organisation that hardly go together, and their paths in a scenario. */
interface Doubt {
  fields: string[];
  text: string;
  /** It said where there is little room, if that is not the same for all of its kind. */
  brief?: string;
}

/** What the Simulate page shows of a scenario: the reply of `answer`. */
interface Answer {
  headline: {
    verdict: { kind: string; text: string; detail: string; probability: number | null };
    figures: HeadlineFigure[];
  };
  sentence: string;
  /** Its amounts, in their order, what the server calls each, and what it is in words. */
  amounts: { text: string; number: string; title: string }[];
  /** Of all draws, on axes of its own: what is to stay. Else as while a lever moves. */
  exact: boolean;
  /** A warning where weak evidence drives the result, once that is known; else empty. */
  weak: string;
  /** What hardly goes together in the numbers of the organisation, and what the plan asks too much of. */
  doubts: Doubt[];
  /** What else the money could do that is likely better, once that is known; else empty. */
  rival: string;
  basis: string;
  /** How many draws of the assumptions the figures stand on. */
  draws: string;
  pins: { name: string; slot: number; value: string; differs: string | null; note: string }[];
  world: any;
  /** Of a plan in stages: the rule in words, how it begins and goes on in a sentence, and what the model
   * expects of each figure in the month of the review (P10, P50 and P90, 0-1); else null. */
  stages: {
    words: string;
    sentence: string;
    readings: Record<string, [number, number, number]>;
  } | null;
  charts: Figure[];
  /** None where a lever moves and they are folded away. */
  multiples: Multiple[];
}

/** Some of what is worked out while nothing moves. */
interface SettleReply {
  /** All that is shown, or null where nothing of it has changed. */
  content: Answer | null;
  /** What to ask for next, or null where all is done. */
  next: number | null;
}

/** What a file or a link held: a scenario and what it came to, or what is wrong. */
interface Opened {
  doc?: Doc;
  base?: Doc | null;
  drift?: Drift | null;
  problems?: Problem[] | null;
}

/** What was read from a file: a scenario, a set of them, or what is wrong; null where the server does not
 * answer. */
interface Reading extends Opened, Omit<SharedSet, "problems"> {
  file: File;
}

/** How a number came about: labels and amounts. */
interface Explanation {
  lines: [string, string][];
  note: string;
  /** Ids of those that stand behind an outcome. */
  assumptions: string[];
  /** What the number itself rests on in this plan; null where its help says that. */
  rests: Foundation | null;
}

/** What a scenario came to when it was saved, beside what it comes to today. */
interface Drift {
  sentence: string;
  note: string;
  model_then: string;
  model_now: string;
  rows: Record<"figure" | "label" | "then" | "now" | "change", string>[];
}

/** The reply of `link`. */
interface LinkReply {
  query: string;
  url: string;
  fits: boolean;
  length: number;
  most: number;
  command: string | null;
  mail: { subject: string; body: string } | null;
  qr: string | null;
  /** Of a plan: whether it says where that started, or need not. */
  has_start?: boolean;
}

/** The reply of `follow-set`: what was compared, and what it came to then if that is another. */
interface SharedSet {
  items?: { letter: string; name: string; doc: Doc; base?: Doc | null }[];
  /** What was asked of them, where that is known; by letters. */
  asked?: CompareQuestion<string> | null;
  then?: string;
  problems?: Problem[] | null;
}

/** The reply of `analysis`: texts by column, the first of which says what a row is about. */
interface AnalysisReply {
  /** What it comes to, in sentences. */
  statements: string[];
  /** Ways that part in one month; null: nothing is drawn. */
  chart: {
    month: number;
    /** Values by month from today on, and what stands beside the last. */
    lines: { label: string; end: string; values: number[] }[];
    title: string;
    review: string;
    start: string;
    end: string;
    low: string;
    high: string;
    zero: { label: string; amount: string };
  } | null;
  headings: Record<string, string>;
  /** The table for a spreadsheet. */
  csv: string;
  /** The column whose cells are bars, and what they measure; null: none. */
  drawing?: { column: string; about: string } | null;
  /** What is measured in the drawings above the table, with its unit. */
  about?: { chart?: string; curves?: string };
  /** What they show, for a spreadsheet. */
  points?: { chart?: string; curves?: string; planes?: string };
  rows: {
    id: string;
    cells: Record<string, string>;
    /** What is drawn as well, by column: shares (0-1) of the line; `is_loss`: 1 where it ends below
     * its start; `low` and `high`: of one in a waterfall, the ends of its range. */
    bars: Record<
      string,
      { start: number; end: number; zero: number; is_loss: number; low?: number; high?: number }
    >;
    /** The id of the assumption by which it can be changed. */
    assumption: string | null;
  }[];
  curves?: AnalysisCurve[];
  planes?: AnalysisPlane[];
  /** The stages of a plan that does as it says. */
  stages?: Stages | null;
  /** What to know before these are taken, or why there are none. */
  stages_note?: string;
}

/** What stands around a drawing that is taken away as a picture. */
interface DrawingWords {
  title: string;
  /** What is measured, with its unit. */
  about: string;
  /** By the names of their CSS properties, for white paper. */
  colours: Map<string, string>;
  /** The line that says where it is from. */
  source: string;
}

/** What can be done with each drawing of an analysis, as buttons. */
interface DrawingTools {
  bars(): Child[];
  branches(): Child[];
  /** Of those curves that are seen. */
  curves(shown: () => AnalysisCurve[]): Child[];
  planes(): Child[];
}

/** Where two assumptions together give another answer. All numbers are shares (0-1) of the draws of the
 * one (to the right) and of the other (upwards). */
interface AnalysisPlane {
  id: string;
  first: string;
  second: string;
  places: number[];
  /** At each of these places, from where to where up. */
  between: number[][];
  /** At 10% and 90%. */
  first_ends: string[];
  second_ends: string[];
}

/** What an outcome does over the range of a lever. Heights are shares of the way between the two ends
 * of the axis, places of that between the ends of the range. */
interface AnalysisCurve {
  id: string;
  label: string;
  sentence: string;
  places: number[];
  /** P10, P50, P90. */
  bands: number[][];
  nothing: number | null;
  marks: Record<string, number>;
  axis: string[];
  ends: string[];
}

/** The routes of the board that are asked by `ctx.ask`, and what each replies. */
interface Replies {
  answer: Answer;
  open: Opened & SharedSet;
  follow: Opened;
  file: { name: string; text: string };
  link: LinkReply;
  "link-set": LinkReply;
  "follow-set": SharedSet;
  check: { problems: Problem[]; doubts: Doubt[] };
  settle: SettleReply;
  analysis: AnalysisReply;
  explain: Explanation;
  /** What each instrument costs and brings, by its line of the split. */
  instruments: Record<string, string>;
  equations: { equations: ModelEquation[] };
  compare: any;
  "compare-settle": { content: any; next: number | null };
  "compare-rests": Foundation;
  "best-form": BestForm;
  best: BestReply;
  "best-frontier": BestFrontier;
}
