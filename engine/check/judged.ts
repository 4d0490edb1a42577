import type { CheckRequest } from "#core/check.ts";
import type { TrialVerdict } from "#core/decide.ts";
import type { LimitStates } from "#core/limits/judge.ts";
import type { Verdict } from "#core/verdict.ts";
import type { ApiFacts } from "../cache/load-facts.ts";

/** A verdict, and what only the counts need. */
export interface Judged {
  verdict: Verdict;
  /** The catalogue's entry that it is about. */
  api: ApiFacts;
  request: CheckRequest;
  /** What the key's trial set says of a call that passed. */
  trial: TrialVerdict | null;
  /** Empty where no secret is known. Refusals don't carry it, and are counted by it all the same. */
  secretId: string;
  /** Where the limits stand, also of a refusal. */
  limits: LimitStates;
}
