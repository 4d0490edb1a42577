import type { CheckRequest } from "../check.ts";
import type { Reason } from "../denials.ts";
import type { RuleOutcome } from "../verdict-schema.ts";
import { compileRestrictions } from "./compile.ts";
import { evaluateKind } from "./evaluate.ts";
import { countEntries, RESTRICTION_KINDS, type RestrictionKind } from "./kinds.ts";
import { splitEntries } from "./split-entries.ts";
import type { Restrictions } from "./types.ts";

/**
 * The outcome of every kind in evaluation order, including those after the first denial. `set` is in canonical form.
 * Throws `RangeError` for an invalid entry.
 */
export function explainRestrictions(set: Restrictions, request: CheckRequest): RuleOutcome[] {
  const rules = compileRestrictions(set);
  const entries = countEntries(set);
  return RESTRICTION_KINDS.map((kind) => {
    if (entries[kind] === 0) return unrestricted(kind);
    const reason = evaluateKind(kind, rules, request);
    return reason ? denied(kind, entries[kind], reason) : allowed(kind, set, request);
  });
}

const ANYTHING: Record<RestrictionKind, string> = {
  apis: "Every API that the project has enabled may be called.",
  ips: "Requests from every IP address pass.",
  referrers: "Requests from every website pass.",
  apps: "Requests from every app pass.",
};

function unrestricted(kind: RestrictionKind): RuleOutcome {
  return { kind, outcome: "unrestricted", code: null, matched: null, observed: {}, words: ANYTHING[kind] };
}

function denied(kind: RestrictionKind, entries: number, { code, message, observed }: Reason): RuleOutcome {
  const none = entries === 1 ? "The only entry does not match." : `None of the ${entries} entries matches.`;
  return { kind, outcome: "refused", code, matched: null, observed, words: `${none} ${message}` };
}

/** A call passes a kind exactly if it passes one of its entries alone. Finds the first such entry. */
function allowed(kind: RestrictionKind, set: Restrictions, request: CheckRequest): RuleOutcome {
  const matched =
    splitEntries(set)
      .filter((single) => single.kind === kind)
      .find((single) => evaluateKind(kind, compileRestrictions(single.set), request) === null)?.text ?? "";
  return {
    kind,
    outcome: "allowed",
    code: null,
    matched,
    observed: {},
    words: `The entry ${matched} matches.`,
  };
}
