import type { CheckRequest } from "../check.ts";
import type { Reason } from "../reason.ts";
import type { DenialCode } from "../verdict.ts";
import { compileRestrictions } from "./compile.ts";
import { judgeKind } from "./judge.ts";
import { countEntries, RESTRICTION_KINDS, type RestrictionKind } from "./kinds.ts";
import { singles } from "./singles.ts";
import type { Restrictions } from "./types.ts";

/** What one kind of a set says of a call, and by which entry. */
export interface RuleOutcome {
  kind: RestrictionKind;
  outcome: "unrestricted" | "allowed" | "refused";
  code: DenialCode | null;
  /** The entry that let it through, as it is saved. */
  matched: string | null;
  observed: Record<string, string>;
  words: string;
}

/**
 * Every kind's outcome, in the order in which they are judged, also behind the first that refuses. `set` is in
 * canonical form. Throws `RangeError` for an entry that can't be read.
 */
export function explainRestrictions(set: Restrictions, request: CheckRequest): RuleOutcome[] {
  const rules = compileRestrictions(set);
  const entries = countEntries(set);
  return RESTRICTION_KINDS.map((kind) => {
    if (entries[kind] === 0) return unrestricted(kind);
    const why = judgeKind(kind, rules, request);
    return why ? refused(kind, entries[kind], why) : allowed(kind, set, request);
  });
}

const ANYTHING: Record<RestrictionKind, string> = {
  apis: "Every API that the project has enabled may be called.",
  ips: "Calls from every address pass.",
  referrers: "Calls from every website pass.",
  apps: "Calls from every app pass.",
};

function unrestricted(kind: RestrictionKind): RuleOutcome {
  return { kind, outcome: "unrestricted", code: null, matched: null, observed: {}, words: ANYTHING[kind] };
}

function refused(kind: RestrictionKind, entries: number, { code, message, observed }: Reason): RuleOutcome {
  const none = entries === 1 ? "The one entry does not match." : `None of the ${entries} entries matches.`;
  return { kind, outcome: "refused", code, matched: null, observed, words: `${none} ${message}` };
}

/** A call passes a kind exactly when it passes one of its entries alone: this is the first. */
function allowed(kind: RestrictionKind, set: Restrictions, request: CheckRequest): RuleOutcome {
  const matched =
    singles(set)
      .filter((single) => single.kind === kind)
      .find((single) => judgeKind(kind, compileRestrictions(single.set), request) === null)?.text ?? "";
  return {
    kind,
    outcome: "allowed",
    code: null,
    matched,
    observed: {},
    words: `The entry ${matched} matches.`,
  };
}
