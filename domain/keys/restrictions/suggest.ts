import { evaluateObservation, OBSERVATION_KINDS } from "#core/observations.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { effectOf, evaluateCall, OBSERVATION_KIND_OF } from "#core/restrictions/effect.ts";
import { type SingleEntry, splitEntries } from "#core/restrictions/split-entries.ts";
import { suggestNarrowerRestrictions } from "#core/restrictions/suggest.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { mustFindKey } from "../find.ts";
import { readKnownApis } from "./known-apis.ts";
import { readApiEntry } from "./read-api.ts";
import type { RestrictionSuggestion, SuggestInput } from "./schema.ts";
import { apisOf } from "./stored.ts";
import { suggestionSentence } from "./texts.ts";
import { type KeyTraffic, readTraffic } from "./traffic.ts";

/** Whole days including today, so that 30 days are covered at any time of day. */
const DAYS = 31;

/**
 * Suggests restrictions that would not deny any request of the last 30 days that is valid now, or all but the rarest
 * ones. The suggestion can be saved with the project's and the APIs' current state.
 */
export async function suggestRestrictions({
  ctx,
  input,
}: Verb<SuggestInput>): Promise<RestrictionSuggestion> {
  const { projectId, keyId, leaveOutRarest } = input;
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, projectId, "viewer");
  const key = await mustFindKey(scope, { projectId, keyId });
  const traffic = await readTraffic(scope, { keyId, days: DAYS, nowMs: ctx.now(), kinds: OBSERVATION_KINDS });
  const callable = await callableNow(scope, projectId, apisOf(key), traffic);
  const leaveOut = Math.floor((traffic.checks * leaveOutRarest) / 100);
  const { suggestion, why } = suggestNarrowerRestrictions(callable, key.restrictions, leaveOut);
  return {
    since: iso(traffic.from),
    checks: traffic.checks,
    refusedAlready: alreadyDenied(key.restrictions, traffic, callable),
    suggestion: suggestion && {
      restrictions: suggestion.restrictions,
      wouldRefuse: suggestion.wouldRefuse,
      sentence: suggestionSentence({ ...NO_RESTRICTIONS, ...suggestion.narrowed }),
      evidence: evidenceFor(suggestion.restrictions, traffic),
    },
    why,
  };
}

/**
 * Only requests to enabled APIs: others are denied by now. An operation that neither the API nor the key has anymore
 * can't be saved, and counts as none.
 */
async function callableNow(
  scope: Scope,
  projectId: string,
  before: ApiRestriction[],
  traffic: KeyTraffic,
): Promise<KeyTraffic> {
  const slugs = [...new Set(traffic.calls.map(({ api }) => api))];
  const enabled = await readKnownApis(scope, projectId, slugs);
  const calls = traffic.calls.flatMap((call) => {
    const known = enabled.get(call.api);
    if (known === undefined) return [];
    const canBeNamed =
      call.operation === "" ||
      readApiEntry({ api: call.api, operations: [call.operation] }, known, before).ok;
    return [canBeNamed ? call : { ...call, operation: "" }];
  });
  return { ...traffic, calls };
}

/** How many of the valid requests would be denied today, whatever is suggested. */
function alreadyDenied(current: Restrictions, { checks, ...traffic }: KeyTraffic, callable: KeyTraffic) {
  const { atLeast, atMost } = effectOf(current, { checks, ...traffic });
  const sumOf = (calls: KeyTraffic["calls"]) => calls.reduce((sum, { count }) => sum + count, 0);
  const gone = sumOf(traffic.calls) - sumOf(callable.calls);
  return { atLeast: Math.max(atLeast, gone), atMost: Math.min(checks, atMost + gone) };
}

/** How many requests each entry allowed. */
function evidenceFor(set: Restrictions, traffic: KeyTraffic) {
  return (
    splitEntries(set)
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
      // Existing entries without any use are no basis for a suggestion.
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
  );
}

function seenBy({ kind, set }: SingleEntry, traffic: KeyTraffic) {
  const { calls, observations } = traffic;
  const rules = compileRestrictions(set);
  if (kind !== "apis") {
    const observation = OBSERVATION_KIND_OF[kind];
    return observations[observation].filter(
      ({ value }) => evaluateObservation(rules, observation, value) === "allowed",
    );
  }
  return calls
    .filter((call) => evaluateCall(rules, call, traffic) === "allowed")
    .map(({ count }) => ({ count, lastSeenAt: null }));
}
