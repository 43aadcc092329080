// What the page holds, and how it is shown.

/** What undo goes back to. */
interface Step {
  /** The scenario as it was loaded; the resets go back to it. */
  base: Doc;
  /** The scenario as it stands. */
  doc: Doc;
  /** Whether `base` is a file as it was opened. */
  isFileAsOpened: boolean;
  /** Paths of the split's lines that never move by themselves. */
  locked: string[];
  /** Paths of the split's lines that were moved by hand, the last one last: they give way last. */
  held: string[];
  pins: Pin[];
  /** How many plans have ever been pinned: ids of pins up to this have been given. */
  pinned: number;
  /** What the Compare page lays side by side; null where nobody has chosen: then it is the pins. */
  compareList: CompareList | null;
}

/** A plan that is kept for comparison. */
interface Pin {
  /** Counts up: no two pins of a tab ever have the same. */
  id: number;
  name: string;
  base: Doc;
  doc: Doc;
  /** 1 to 4: its letter and its colour, wherever it is shown. */
  slot: number;
  /** Not drawn. */
  hidden?: boolean;
}

/** A scenario that the Compare page lays beside others; a pin and the plan as it stands are only
 * referred to, so that nothing of them can be told in two ways. */
type CompareItem =
  | { source: "pin"; pin: number }
  | { source: "current" }
  | {
      source: "base" | "preset" | "file" | "link" | "library";
      /** "" where it goes by the scenario's own. */
      name: string;
      doc: Doc;
      /** The letter that it would like to have. */
      letter: string;
      /** What its plan started from, where that is known. */
      base?: Doc | null;
    };

interface CompareList {
  items: CompareItem[];
  /** As in a step, when the list was chosen: plans that were pinned since come behind it. */
  pinned: number;
  /** The set in the library that it came from, or was saved as. */
  keptIn?: KeptIn;
}

/** What the Compare page shows of such an item. */
interface Compared {
  name: string;
  doc: Doc;
  source: CompareItem["source"];
  /** What it is called in words and files; its colour goes by it. */
  letter: string;
  /** Which pin it is. */
  pin?: number;
  /** What its plan started from, where that is known. */
  base?: Doc | null;
}

/** What is compared: null is left open. `Side`: letters of scenarios, or their places; carrying on is one. */
interface CompareQuestion<Side> {
  measure: string | null;
  first: Side | null;
  second: Side | null;
}

/** How the page is shown. */
interface View {
  mode: "normal" | "projector";
  theme: "auto" | "light" | "dark";
  /** Whether single keys do something. */
  keys: boolean;
}

/** An entry of the library that something came from. */
interface KeptIn {
  key: string;
  name: string;
  /** The newest that whoever opened it knew of. */
  version: number;
  editable: boolean;
}

/** An entry of the library that a scenario came from. */
interface Origin extends KeptIn {
  base: Doc;
}

interface State extends Step {
  /** What the two large charts show: outcomes. */
  charts: [string, string];
  view: View;
  /** What was chosen on the Compare page. */
  compareView?: { outcome?: string } & Partial<CompareQuestion<string>>;
  /** The scenario's part of the page's address, as it was last written. */
  addressQuery: string;
  /** What stood there before that. */
  addressBefore?: string;
  /** What is compared, as it was last written there. */
  addressSet?: string;
  /** What stood there before that. */
  addressSetBefore?: string;
  /** The newest first. */
  origins?: Origin[];
  /** The scenario as it was last saved, or opened from a file; it is none that was changed. */
  saved?: Doc;
  /** What of that is a file, which the library knows nothing of. */
  filed?: Doc;
  /** The scenario as it was last put into the library for a short link. */
  shared?: Doc;
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
  /** Change how it is shown, or pin a plan: nothing that could be lost. No step. */
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
  /** Go on with what another tab has left behind; undoing all of it comes back to what is here. */
  takeUp(kept: Kept): void;
  /** Start again from the beginning, as in a new tab. */
  startAgain(): void;
}
