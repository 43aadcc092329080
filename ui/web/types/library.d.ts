// Scenarios that are kept on the server.

/** What a scenario came to when it was saved. */
interface SavedOutcome {
  kind: string;
  verdict: string;
  value: string;
  /** What it can be doubted for. */
  doubts: Pick<Doubt, "fields">[];
}

/** A scenario in the library, or a set of plans that were compared. */
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
  /** Letter and name of each plan of a set; none: it is a single scenario. */
  plans: string[];
  /** Of a set: what its comparison came to when it was saved, if that is known. */
  answer: { kind: string; verdict: string } | null;
  deleted: string | null;
  /** When it will be gone for good. */
  purged: string | null;
}

/** A version of what is in the library. */
interface Version {
  number: number;
  who: string;
  at: string;
  why: string;
  model_version: string | null;
  outcome: SavedOutcome | null;
  /** As of an entry. */
  plans: string[];
  answer: Entry["answer"];
}

/** A version of an entry, opened: a scenario, or the plans of a set. */
interface OpenedVersion extends Opened, Omit<SharedSet, "problems"> {
  entry: Entry;
  version: Version;
}

/** What is saved, whatever happens to the page meanwhile. */
interface Saving {
  /** What it could be called. */
  name: string;
  /** What saving it beside where it came from is called. */
  beside: string;
  /** A plan that can be downloaded where it cannot be saved. */
  doc: Doc | null;
  /** What the routes are told of it, where the entry goes by this name. */
  content(name: string): object;
  /** What it comes to, beside what somebody else has saved. */
  outcome(): Node | null;
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
