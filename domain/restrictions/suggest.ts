import { NO_CLIENT } from "#core/client.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { judgeKind } from "#core/restrictions/judge.ts";
import type { RestrictionKind } from "#core/restrictions/kinds.ts";
import { type SingleEntry, singles } from "#core/restrictions/singles.ts";
import { suggestFor } from "#core/restrictions/suggest.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { judgeSighting } from "#core/sightings.ts";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { mustFindKey } from "../keys/find.ts";
import { iso, isoOrNull } from "../time.ts";
import type { SuggestInput } from "./schemas.ts";
import { suggestionSentence } from "./sentence.ts";
import { readTraffic, type Traffic } from "./traffic.ts";
import type { RestrictionSuggestion } from "./types.ts";

const DAYS = 30;

/** What a key could be restricted to without refusing a check of the last 30 days, or all but the rarest. */
export async function suggestRestrictions({
  ctx,
  input,
}: Verb<SuggestInput>): Promise<RestrictionSuggestion> {
  const { projectId, keyId, leaveOutRarest } = input;
  await requireProjectRole(ctx, ctx.db.read, projectId, "viewer");
  const key = await mustFindKey(ctx.db.read, { projectId, keyId });
  const traffic = await readTraffic(ctx.db.read, keyId, DAYS, ctx.now());
  const leaveOut = Math.floor((traffic.checks * leaveOutRarest) / 100);
  const { suggestion, why } = suggestFor(traffic, key.restrictions, leaveOut);
  return {
    since: iso(traffic.from),
    checks: traffic.checks,
    suggestion: suggestion && {
      ...suggestion,
      sentence: suggestionSentence(suggestion.restrictions),
      evidence: evidenceFor(suggestion.restrictions, traffic),
    },
    why,
  };
}

/** How often each entry was what let a check through. */
function evidenceFor(set: Restrictions, traffic: Traffic) {
  return (
    singles(set)
      .map((single) => {
        const seen = seenBy(single, traffic);
        const last = Math.max(0, ...seen.map(({ lastSeenAt }) => lastSeenAt ?? 0));
        return {
          kind: single.kind,
          entry: single.text,
          count: seen.reduce((sum, { count }) => sum + count, 0),
          lastSeenAt: isoOrNull(last || null),
        };
      })
      // What the key has already and nobody used says nothing.
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
  );
}

const SIGHTING_OF = { ips: "address", referrers: "origin", apps: "app" } as const satisfies Partial<
  Record<RestrictionKind, string>
>;

function seenBy({ kind, set }: SingleEntry, { calls, sightings }: Traffic) {
  const rules = compileRestrictions(set);
  if (kind !== "apis") {
    const sighting = SIGHTING_OF[kind];
    return sightings[sighting].filter(({ value }) => judgeSighting(rules, sighting, value) === "allowed");
  }
  return calls.flatMap(({ api, operation, count }) => {
    const request = {
      requestId: "",
      api,
      operation: operation || null,
      call: null,
      cost: 1,
      client: NO_CLIENT,
    };
    return judgeKind("apis", rules, request) === null ? [{ count, lastSeenAt: null }] : [];
  });
}
