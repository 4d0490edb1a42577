import { and, desc, eq, inArray } from "drizzle-orm";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { effectOf, type KindEffect, newlyDenied, observationsFor } from "#core/restrictions/effect.ts";
import { evaluateRestrictions } from "#core/restrictions/evaluate.ts";
import { CODES_OF } from "#core/restrictions/kinds.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { requestOfDenial } from "../denials/remedy.ts";
import { mustFindKey } from "../find.ts";
import type { DryRun, DryRunInput, DryRunRule } from "./schema.ts";
import { apisOf, canonicalRestrictions } from "./stored.ts";
import { valueLabel } from "./texts.ts";
import { readApiScopes, readTraffic } from "./traffic.ts";

/** How many values are listed per type. */
const VALUES_SHOWN = 20;
const MAX_RECENT_DENIALS = 1_000;
const RESTRICTION_CODES = Object.values(CODES_OF).flat();

/**
 * What a draft would have done to the valid requests of the last days, including today: exact for APIs and known
 * operations, and based on daily observations for IP addresses, websites and apps. Also to the latest denied
 * requests.
 */
export async function dryRun({ ctx, input }: Verb<DryRunInput>): Promise<DryRun> {
  const scope = ctx.db.read;
  const { projectId, keyId, restrictions: given, days } = input;
  await requireProjectRole(scope, ctx, projectId, "viewer");
  const key = await mustFindKey(scope, { projectId, keyId });
  const draft = await canonicalRestrictions(scope, { projectId, given, before: apisOf(key) });
  const now = ctx.now();
  const current = key.restrictions;
  const kinds = [...new Set([...observationsFor(draft), ...observationsFor(current)])];
  const [traffic, recentRefusals] = await Promise.all([
    readTraffic(scope, { keyId, days, nowMs: now, kinds }),
    evaluateRecentDenials(scope, keyId, draft),
  ]);
  const effect = effectOf(draft, traffic);
  return {
    from: iso(traffic.from),
    to: iso(now),
    checks: traffic.checks,
    refused: { atLeast: effect.atLeast, atMost: effect.atMost },
    newlyRefused: newlyDenied(draft, current, traffic),
    rules: effect.kinds.map(present),
    recentRefusals,
  };
}

function present({ kind, refused, unsure, values }: KindEffect): DryRunRule {
  return {
    kind,
    refused,
    unsure,
    values: values.slice(0, VALUES_SHOWN).map(({ value, count, lastSeenAt, outcome }) => ({
      value,
      label: valueLabel(kind, value, outcome),
      count,
      lastSeenAt: isoOrNull(lastSeenAt),
      outcome,
    })),
    more: Math.max(0, values.length - VALUES_SHOWN),
  };
}

/** How many of the latest requests denied by a restriction the draft would allow. */
async function evaluateRecentDenials(
  scope: Scope,
  keyId: string,
  draft: Restrictions,
): Promise<DryRun["recentRefusals"]> {
  const { q, t } = scope;
  const { denials } = t;
  const rows = await q
    .select()
    .from(denials)
    .where(
      and(eq(denials.keyId, keyId), eq(denials.reportOnly, false), inArray(denials.code, RESTRICTION_CODES)),
    )
    .orderBy(desc(denials.at), desc(denials.id))
    .limit(MAX_RECENT_DENIALS);
  const rules = compileRestrictions(draft);
  const scopes = await readApiScopes(
    scope,
    rows.map(({ api }) => api),
  );
  const passing = rows.filter((row) => evaluateRestrictions(rules, requestOfDenial(row, scopes)) === null);
  return { looked: rows.length, wouldPass: passing.length };
}
