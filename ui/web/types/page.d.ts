// What the parts of a page are made of and hand to each other.

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
  /** What the source says. */
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
  /** What is to be known beside the proof of a best plan. */
  proof: string;
  caveats: string[];
  /** How many draws, and of which model. */
  how: string;
  cases: ValidationCase[];
}

/** What a chart says where one points at it. */
interface ChartReading {
  title: string;
  /** Where that is, in pixels of its picture, if a line there shows it. */
  left?: number;
  rows: { name?: string; lines: string[]; colour: string; dash: string; top?: number }[];
  /** Of its lines, in pixels of its picture. */
  points?: { x: number; y: number }[];
}

/** A page: what `createPage(ctx)` of its module makes. */
interface Page {
  /** What lies below the bar. */
  nodes: Node[];
  /** What stands in the bar beside the moves. */
  barNode?: HTMLElement;
  /** What the page is called for those who hear it, where it shows no heading of its own. */
  heading?: string;
  /** Ways past what comes first: what each is called, and the selector of where it leads. */
  skips?: [string, string][];
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
  /** Make one of its charts as large as the window, then the next, then none. */
  enlarge?(): void;
  /** What it shows, where that is an answer of the server's. */
  answer?(): any;
  destroy?(): void;
}

/** What is told until there is a page (app/opening.js). */
interface Opening {
  /** What is said of each kind of failure (server/failure.js). */
  texts: Record<string, string>;
  /** What this is, in the document's language. */
  versions: string;
  /** Something did not come, and is asked for again; `detail` is for whoever looks into it. */
  fail(kind: string, detail: string): void;
  /** What is being loaded. */
  tell(what: "texts"): void;
  /** There is a page. */
  done(): void;
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
  /** What is compared, as it is written in the page's address; "" for nothing. */
  addressSet(text: string): void;
  /** Show a state in the bar, as during a replay. */
  updateBar(state: State): void;
  /** What a link holds, or null; says what is wrong. */
  follow(link: string): Promise<Opened | null>;
  /** A scenario came by a link or a file: told if it comes to something else today. */
  arrived(opened: { drift?: any }): void;
  /** Show something over the page that is about the plan just loaded: at once, or when the page is
   * drawn again for it. */
  whenDrawn(show: (ctx: Ctx) => void): void;
  /** The same on another page, which is gone to if it is not shown. */
  whenOn(page: string, show: (ctx: Ctx) => void): void;
  /** Ask a route of the board, in the page's language. Throws RequestError. */
  ask<Route extends keyof Replies>(route: Route, content: object): Promise<Replies[Route]>;
  api: {
    open(text: string, name: string): Promise<Opened & SharedSet>;
    file(doc: Doc): Promise<Replies["file"]>;
    check(doc: Doc): Promise<Replies["check"]>;
    /** Can be watched, and be stopped by `breaking` (server/http.js). */
    analysis(
      doc: Doc,
      id: string,
      options: Record<string, OptionValue>,
      hear?: {
        breaking?: AbortSignal;
        onDone?: (share: number) => void;
        onRough?: (reply: AnalysisReply) => void;
      },
    ): Promise<AnalysisReply>;
  };
  /** Go on with another scenario; `isFileAsOpened`: out of a file. */
  load(doc: Doc, options?: { base?: Doc; isFileAsOpened?: boolean }): void;
  /** Take the plan, or the assumptions, back to where they started. */
  reset(what: { plan?: boolean; world?: boolean }): void;
  /** What a scenario is called in the page's language. */
  title(doc: { name: string }): string;
  /** Whose it is: shipped organisations in the page's language. */
  organisation(doc: Doc): string;
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
  /** Make a chart as large as the window, then the next, then none. */
  enlarge(): void;
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
  changed(doc: Doc, value: number, kept: Pick<Step, "locked" | "held">): Doc;
  /** The lines that were moved by hand when this has been, too. */
  touched(held: string[]): string[];
  /** Of the lines that were moved by hand, those that another move changed. */
  gaveWay(
    before: Doc,
    after: Doc,
    held: string[],
  ): { path: string; before: number; after: number }[];
  /** The money that it is a share of, currency a year; null where it moves none. */
  whole(doc: Doc): number | null;
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
  /** How many are written otherwise than the scenario has them, be they values or not. */
  count(): number;
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
  doubt(text: string): void;
  /** What it goes by. */
  names: string[];
  /** Words for what is counted here, in lower case. */
  counted?: string[];
  /** Whether a number is written here, and whether nothing may be. */
  takesNumbers: boolean;
  takesNothing: boolean;
  write(text: string): void;
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
