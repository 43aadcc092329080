// What the page of the model is told by the server (ui/text/model.py).

/** What a variable is called; `english`: by its name in the program. */
interface ModelName {
  name: string;
  label: string;
  english: boolean;
}

interface ModelNode extends ModelName {
  kind: "lever" | "stock" | "result";
  meaning: string;
  /** The variable whose equation says how it moves. */
  equation: string;
}

interface ModelLink {
  cause: string;
  effect: string;
  sign: -1 | 0 | 1;
  /** Size of the elasticity. */
  strength: number;
  words: string;
  /** Variables whose equations make it, the effect's first. */
  through: string[];
  assumptions: Record<"id" | "label" | "grade" | "grade_meaning" | "source", string>[];
}

interface ModelClaim {
  number: number;
  text: string;
  verdict: string;
  verdict_words: string;
  answer: string;
  where: ModelName[];
}

interface ModelSector {
  id: string;
  label: string;
  names: string[];
}

/** The reply of `model`. */
interface ModelReply {
  summary: string;
  nodes: ModelNode[];
  links: ModelLink[];
  loops: { names: string[]; polarity: string; word: string; words: string }[];
  claims: ModelClaim[];
  sectors: ModelSector[];
}

interface ModelSymbol extends ModelName {
  meaning: string;
  meaning_english: boolean;
  unit: string;
  unit_english: boolean;
  value: string;
  grade: string;
  grade_meaning: string;
  source: string;
}

interface ModelEquation extends ModelSymbol {
  mathml: string;
  symbols: ModelSymbol[];
}
