// What the page holds, and how it is shown.

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
  /** The scenario as it was last saved, or opened from a file; it is none that was changed. */
  saved?: Doc;
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
