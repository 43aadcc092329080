// Scenarios that are kept on the server.

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
