// What is chosen and shown on the Compare page.

/** What is chosen on the Compare page; null: what the server thinks best. */
interface CompareChoice {
  outcome: string;
  measure: string | null;
  /** Letters of scenarios: the pair that is compared, and whose band is drawn. */
  first: string | null;
  second: string | null;
  banded: string | null;
}

/** What a compared scenario, or carrying on, goes by everywhere. */
interface Mark {
  letter: string;
  name: string;
}

/** A line of the budgets, with its money a year in each scenario. */
interface BudgetLine {
  id: string;
  label: string;
  /** Whether money is taken from it; else it is put into it. */
  source: boolean;
  amounts: { today: number; plan: number; today_text: string; plan_text: string }[];
}
