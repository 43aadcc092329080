// The shapes of what the browser's files hand to each other, and get from the server. Global: any
// file may name them in its JSDoc. Nothing of this is served.

// --- scenarios -----------------------------------------------------------------------------------

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

interface Plan {
  split: Split;
  involvement: Record<string, number>;
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

// --- the page's state ----------------------------------------------------------------------------

/** What undo goes back to. */
interface Step {
  /** The scenario as it was loaded; the resets go back to it. */
  base: Doc;
  /** The scenario as it stands. */
  doc: Doc;
  /** Whether `base` is a file as it was opened. */
  isFileAsOpened: boolean;
}

/** A plan that is kept for comparison. */
interface Pin {
  name: string;
  base: Doc;
  doc: Doc;
  /** 1 to 4: its colour. */
  slot: number;
  /** Not drawn. */
  hidden?: boolean;
}

/** A scenario that the Compare page lays beside others. */
interface Compared {
  /** "" where it goes by the scenario's own. */
  name: string;
  doc: Doc;
  source: "current" | "base" | "pin" | "preset" | "file" | "link" | "library";
}

/** How the page is shown. */
interface View {
  mode: "normal" | "projector";
  theme: "auto" | "light" | "dark";
  /** Whether single keys do something. */
  keys: boolean;
}

/** An entry of the library that a scenario came from. */
interface Origin {
  key: string;
  name: string;
  /** The newest that whoever opened it knew of. */
  version: number;
  editable: boolean;
  base: Doc;
}

interface State extends Step {
  /** Paths of the split's lines that never move by themselves. */
  locked: string[];
  pins: Pin[];
  /** What the two large charts show: outcomes. */
  charts: [string, string];
  view: View;
  /** What the Compare page lays side by side; empty where nobody has chosen. */
  compareList: Compared[];
  /** What was chosen on the Compare page. */
  compareView?: { outcome?: string };
  /** The scenario's part of the page's address, as it was last written. */
  addressQuery: string;
  /** The newest first. */
  origins?: Origin[];
}

/** What a tab keeps: a state and its history. */
interface Kept {
  state: State;
  past: Step[];
  future: Step[];
}

interface Store {
  readonly state: State;
  /** Goes up with every change. */
  readonly number: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The step before the last, if there is one. */
  readonly previous: Step | null;
  /** Whether a change is under way that is no step yet, as while dragging. */
  readonly previewing: boolean;
  /** Call `listener(state)` after every change; returns a function that ends it. */
  subscribe(listener: (state: State) => void): () => void;
  /** Call `listener()` when this tab can keep nothing (any more); one listener, the last one. */
  whenForgetful(listener: () => void): void;
  /** Change the scenario for now, as while dragging: `commit` makes one step of it. */
  preview(doc: Doc): void;
  /**
   * Change the scenario: one step that can be undone. With `base`, another scenario is loaded; then
   * `isFileAsOpened` says whether it comes from a file. Steps in a row for the same reason within a second
   * are one step.
   */
  commit(change: Partial<Step>, reason?: string | null): void;
  /** Change what is not the scenario: locks, pins, charts, view. No step. */
  set(change: Partial<State>): void;
  /** Change what nobody sees and nothing follows from; it is only kept. */
  note(change: Partial<State>): void;
  undo(): void;
  redo(): void;
  /**
   * Go to the nearest step, back or forth, at which the scenario was this one (whatever results it
   * carries). Whether there is such a step; else nothing has changed.
   */
  travel(doc: Doc): boolean;
  /** Start again from the beginning, as in a new tab. */
  startAgain(): void;
}

// --- what the server says once -------------------------------------------------------------------

/** A help text, and the evidence behind it. */
interface Help {
  title?: string;
  text: string;
  claim?: string;
  claimText?: string;
  verdict?: string;
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
}

/** A lever of a plan. */
interface Lever {
  /** Dotted, in a scenario; "*" for every source. */
  path: string;
  label: string;
  unit: string;
  /** So many are shown at most and kept of what is typed, of a share in per cent. */
  decimals: number;
  reading: string;
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
  help: string;
  kind: "text" | "currency" | "number" | "money" | "share";
  hints: Hint[];
  shortest?: number | null;
  longest?: number | null;
  pattern?: string | null;
  whole?: boolean;
  unit?: string;
  min?: number;
  max?: number;
  /** Whether it may be left empty: nobody knows. */
  optional: boolean;
  /** What is drawn then, in words. */
  drawn: string;
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
  /** Path of the organisation's number that is used instead where it is known; empty: none. */
  known_by: string;
}

/** A page of the board. */
interface PageLink {
  id: string;
  label: string;
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
  kind: "flag" | "whole" | "number" | "choice";
  default: OptionValue;
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
  options: AnalysisOption[];
}

interface Start {
  language: string;
  languages: { code: string; name: string }[];
  catalogue: Record<string, string | string[]>;
  formats: Formats;
  /** Of the product, and of the model in it. */
  simulator_version: string;
  model_version: string;
  draws: number;
  limits: Limits;
  pages: PageLink[];
  charts: [string, string];
  presets: Preset[];
  /** Names of scenario files that cannot be used. */
  unusable: string[];
  default: string;
  levers: { id: string; label: string; levers: Lever[] }[];
  fields: FieldGroup[];
  outcomes: {
    group: string;
    label: string;
    items: Outcome[];
  }[];
  figures: { id: string; label: string; help: Help }[];
  analyses: AnalysisEntry[];
  verdict: { label: string; help: Help };
  register: Assumption[];
  groups: Record<string, string>;
  grades: Record<string, string>;
  palettes: Record<"light" | "dark", string>;
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

/** What the Simulate page shows of a scenario: the reply of `answer`. */
interface Answer {
  headline: {
    verdict: { kind: string; text: string; detail: string; probability: number | null };
    figures: HeadlineFigure[];
  };
  sentence: string;
  basis: string;
  /** How many draws of the assumptions the figures stand on. */
  draws: string;
  pins: { name: string; slot: number; value: string; differs: string | null; note: string }[];
  world: any;
  charts: Figure[];
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
  base?: Doc;
  then_now?: Drift | null;
  problems?: Problem[] | null;
}

/** What was read from a file: a scenario, or what is wrong; null where the server does not answer. */
interface Reading extends Opened {
  file: File;
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
}

/** The reply of `analysis`: texts by column, the first of which says what a row is about. */
interface AnalysisReply {
  /** What it comes to, in sentences. */
  statements: string[];
  headings: Record<string, string>;
  rows: {
    id: string;
    cells: Record<string, string>;
    /** Shares (0-1) to be drawn as well, by column. */
    bars: Record<string, number>;
    /** The id of the assumption by which it can be changed. */
    assumption: string | null;
  }[];
}

/** The routes of the board that are asked by `ctx.ask`, and what each replies. */
interface Replies {
  answer: Answer;
  open: Opened;
  follow: Opened;
  file: { name: string; text: string };
  link: LinkReply;
  check: { problems: Problem[] };
  settle: SettleReply;
  analysis: AnalysisReply;
  compare: any;
}

// --- the library ---------------------------------------------------------------------------------

/** What a scenario came to when it was saved. */
interface SavedOutcome {
  kind: string;
  verdict: string;
  value: string;
}

/** A scenario in the library. */
interface Entry {
  /** Only for whoever may change it. */
  edit_key?: string | null;
  view_key: string;
  may_edit: boolean;
  name: string;
  description: string;
  tags: string[];
  organisation: string;
  /** Number of the newest. */
  version: number;
  who: string;
  /** When the newest was saved. */
  changed: string;
  outcome: SavedOutcome | null;
  deleted: string | null;
  /** When it will be gone for good. */
  purged: string | null;
}

/** A version of a scenario in the library. */
interface Version {
  number: number;
  who: string;
  at: string;
  why: string;
  model_version: string | null;
  outcome: SavedOutcome | null;
}

/** A shelf that this browser knows. */
interface Shelf {
  key: string;
  name: string;
  /** It came by a link, and is somebody else's. */
  linked: boolean;
  editable: boolean;
}

/** What this browser knows of the library. */
interface KnownShelves {
  /** Key of the one in use. */
  current: string | null;
  shelves: Shelf[];
  /** Who is at the keyboard. */
  who: string;
}

/** What unfolds below an entry. */
interface Panel {
  node: HTMLElement;
  fold(): void;
  unfold(heading: string, ...content: Child[]): void;
}

// --- Compare -------------------------------------------------------------------------------------

/** What is chosen on the Compare page; null: what the server thinks best. */
interface CompareChoice {
  outcome: string;
  measure: string | null;
  /** Places of scenarios: the pair that is compared, and whose band is drawn. */
  first: number | null;
  second: number | null;
  banded: number | null;
}

/** A line of the budgets, with its money a year in each scenario. */
interface BudgetLine {
  id: string;
  label: string;
  /** Whether money is taken from it; else it is put into it. */
  source: boolean;
  amounts: { today: number; plan: number; today_text: string; plan_text: string }[];
}

// --- the parts of a page -------------------------------------------------------------------------

/** A part of a page: it is told of every change. */
interface Part {
  node: HTMLElement;
  update(state: State, answer: Answer | null): void;
  destroy?(): void;
}

/** A chart of the page Checked: places on a scale of their own, 0-1. */
interface ValidationChart {
  published: number;
  low: number;
  central: number;
  high: number;
  /** Where it would be if nothing had happened. */
  nothing: number;
  nothing_text: string;
  /** The model's band, in words. */
  model: string;
  /** What of the model is compared. */
  meaning: string;
  /** All of it in a sentence. */
  words: string;
}

/** A published figure, and what came of it. */
interface ValidationComparison {
  id: string;
  label: string;
  verdict: "agrees" | "differs" | "not_comparable";
  /** The verdict, for people. */
  word: string;
  /** "" where only a direction was published. */
  published: string;
  /** What the source says, in English. */
  reported: string;
  year: number | null;
  grade: string;
  why: string[];
  /** What it means for the use of the model that it differs. */
  consequence: string;
  note: string;
  chart: ValidationChart | null;
}

interface ValidationCase {
  id: string;
  title: string;
  happened: string;
  count: string;
  comparisons: ValidationComparison[];
  inputs: { text: string; guess: boolean }[];
  sources: { citation: string; address: string; read: string }[];
}

/** What the route of the page Checked answers. */
interface Validation {
  summary: string;
  caveats: string[];
  /** How many draws, and of which model. */
  how: string;
  cases: ValidationCase[];
}

/** A page: what `createPage(ctx)` of its module makes. */
interface Page {
  /** What lies below the bar. */
  nodes: Node[];
  /** What stands in the bar beside the moves. */
  barNode?: HTMLElement;
  /** What the page is called for those who hear it, where it shows no heading of its own. */
  heading?: string;
  /** Whether the tour of the first visit leads over it. */
  hasTour?: boolean;
  /** Whether it can be used only with the server's first answer: it says so itself (`data-ready`). */
  isReadyLater?: boolean;
  /** The state is another one, or the page is new. */
  update(state: State): void;
  /** What is shown may have to be asked for again: the state, the size or the colours changed. */
  ask?(): void;
  /** Show the last move again. */
  replay?(): unknown;
  /** What it shows, where that is an answer of the server's. */
  answer?(): any;
  destroy?(): void;
}

/** What a page's module exports. */
interface PageModule {
  /** Called at once, before the server has said anything. */
  prepare?(): void;
  createPage(ctx: Ctx): Page;
}

/** What every part of the board gets: what there is, and what it may have done. */
interface Ctx {
  readonly start: Start;
  readonly store: Store;
  /** The element that everything is in. */
  readonly board: HTMLElement;
  /** Id of the page that is shown. */
  readonly page: string;
  /** What the page shows, where that is an answer of the server's. */
  answer(): any;
  /** Go to another page. */
  go(page: string): void;
  /** The address of a page, as it is now. */
  address(page: string): string;
  /** The page's address has been written anew. */
  addressed(): void;
  /** Show a state in the bar, as during a replay. */
  updateBar(state: State): void;
  /** What a link holds, or null; says what is wrong. */
  follow(link: string): Promise<Opened | null>;
  /** A scenario came by a link or a file: told if it comes to something else today. */
  arrived(opened: { then_now?: any }): void;
  /** Ask a route of the board, in the page's language. Throws RequestError. */
  ask<Route extends keyof Replies>(route: Route, content: object): Promise<Replies[Route]>;
  api: {
    open(text: string, name: string): Promise<Opened>;
    file(doc: Doc): Promise<Replies["file"]>;
    check(doc: Doc): Promise<Replies["check"]>;
    analysis(doc: Doc, id: string, options: Record<string, OptionValue>): Promise<AnalysisReply>;
  };
  /** Go on with another scenario; `isFileAsOpened`: out of a file. */
  load(doc: Doc, options?: { base?: Doc; isFileAsOpened?: boolean }): void;
  /** Take the plan, or the assumptions, back to where they started. */
  reset(what: { plan?: boolean; world?: boolean }): void;
  /** What a scenario is called in the page's language. */
  title(doc: Doc): string;
  /** Show a help text beside a button. */
  help(button: HTMLElement, help: Help): void;
  /** Show the keys. */
  keys(): void;
  /** Open the choice of scenarios: the gallery, or the library beside it. */
  openScenarios(options?: { tab?: "gallery" | "library" }): OpenDialog;
  /** As large as for a projector, or back. */
  project(): void;
  /** The colours that are shown. */
  theme(): "light" | "dark";
  switchTheme(): void;
  /** Size of text in charts, in pixels. */
  font(): number;
  /** Speak another language. */
  speak(language: string): void;
  tour(): void;
  /** Show the last move again, where the page can. */
  replay(): void;
}

/** A range as the page shows it. */
interface KnownRange extends ValueRange {
  /** One number, no range. */
  known: boolean;
  /** The scenario's, not the register's. */
  own: boolean;
}

/** A column of the register. */
interface Column {
  id: string;
  title: string;
  /** What it is sorted by. */
  key(record: Assumption, state: State): string | number;
  number: boolean;
}

/** What a scenario moves in money, in currency a year. */
interface Money {
  bySource: Record<string, number>;
  byLine: Record<string, number>;
  total: number;
  /** The source that frees the most. */
  largest: string;
  shares: Split;
}

/** What all levers have in common. */
interface Shared {
  sources: string[];
  money(doc: Doc): Money;
}

/** What a lever stands for in a scenario. */
interface Binding {
  /** The line of the split that it is, or null. */
  line: string | null;
  /** The source that it takes money from, or null. */
  source: string | null;
  /** What holds today, of a lever that the plan may leave as it is. */
  today(doc: Doc): number | undefined;
  value(doc: Doc): number;
  /** The most that the scenario's other values let it be. */
  most(doc: Doc): number;
  /** How far it can be moved. */
  bounds(doc: Doc, locked: string[]): { low: number; high: number };
  /** The scenario with another value; the same one where the locks let nothing move. */
  changed(doc: Doc, value: number, locked: string[]): Doc;
  /** The money that it moves in a year, or null. */
  amount(doc: Doc): number | null;
}

/** The organisation's numbers as they are written, before they are applied. */
interface Draft {
  /** The value at a path, or undefined where what is written is none. */
  value(path: string): any;
  set(path: string, value: any): void;
  /** Values that are others than the scenario's, by path. */
  changes(): Record<string, any>;
  /** The scenario with them. */
  scenario(): Doc;
  /** Whether everything that is written is a value. */
  isValid(): boolean;
}

/** A field of the organisation's editor. */
interface FieldPart {
  node: HTMLElement;
  follow(): void;
  blame(text: string | null): void;
  complain(): void;
  isWrong(): boolean;
  focus(): void;
}

/** An item of a menu. */
interface MenuItem {
  name: string;
  label: string;
  /** A key that does the same. */
  hint?: string;
  /** Whether it is the one that holds, of those to choose from. */
  current?: boolean;
  disabled?: boolean;
  lang?: string;
  action(): void;
}

/** A dialog that is open. */
interface OpenDialog {
  node: HTMLDialogElement;
  body: HTMLElement;
  close(): void;
}

/** What makes an element of SVG, or of HTML. */
type Made<Tag extends string> = Tag extends `svg:${infer Name}`
  ? Name extends keyof SVGElementTagNameMap
    ? SVGElementTagNameMap[Name]
    : SVGElement
  : Tag extends keyof HTMLElementTagNameMap
    ? HTMLElementTagNameMap[Tag]
    : HTMLElement;

/** What an element can hold; what is missing is left out. */
type Child = Node | string | number | false | null | undefined | Child[];

/** What we look for in the page is HTML, unless it is said otherwise. */
interface ParentNode {
  querySelector<Found extends Element = HTMLElement>(selectors: string): Found | null;
  querySelectorAll<Found extends Element = HTMLElement>(selectors: string): NodeListOf<Found>;
}

/** What the page's tests, and whoever looks into what is going on, can see. */
interface Window {
  board?: { state(): State; answer(): any; commit(doc: Doc): void };
  Plotly?: any;
}
