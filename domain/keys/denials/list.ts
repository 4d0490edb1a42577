import { and, desc, eq, gte, inArray, lt, ne, or, sql } from "drizzle-orm";
import { messageOf } from "#core/denials.ts";
import { type CompiledRestrictions, compileRestrictions } from "#core/restrictions/compile.ts";
import { variantOf } from "#core/restrictions/message-variant.ts";
import { BUCKET_MS, iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { fewestBuckets, isKept, type UsageRange, wholeBuckets } from "../../usage/range.ts";
import { readKnownApis } from "../restrictions/known-apis.ts";
import { apisOf } from "../restrictions/stored.ts";
import { type CurrentState, currentRemedy, type StoredDenial } from "./remedy.ts";
import type { Denial, DenialPage, ListDenialsInput } from "./schema.ts";

const DAYS_LISTED = 30;

/**
 * The latest stored denials of a project or a key, newest first, and their total; or what the current report-only
 * restrictions would have denied. In whole minutes, hours or days, as requests are counted.
 */
export async function listDenials({ ctx, input }: Verb<ListDenialsInput>): Promise<DenialPage> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { denials, keys } = scope.t;
  const range = rangeOf(input, ctx.now());
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await scope.q
    .select({ denial: denials, keyName: keys.name })
    .from(denials)
    .innerJoin(keys, eq(keys.id, denials.keyId))
    .where(
      and(
        eq(denials.projectId, input.projectId),
        eq(denials.reportOnly, input.trial),
        // Results of an earlier report-only set are no longer relevant.
        input.trial ? gte(denials.at, keys.reportOnlySince) : undefined,
        input.keyId === undefined ? undefined : eq(denials.keyId, input.keyId),
        input.externalId === undefined ? undefined : eq(keys.externalId, input.externalId),
        input.code === undefined ? undefined : eq(denials.code, input.code),
        gte(denials.at, range.from),
        lt(denials.at, range.to),
        after
          ? or(lt(denials.at, after[0]), and(eq(denials.at, after[0]), lt(denials.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(desc(denials.at), desc(denials.id))
    .limit(input.limit + 1);
  const currentStateOf = await currentStates(
    scope,
    input.projectId,
    rows.map(({ denial }) => denial),
  );
  const page = pageOf(
    rows,
    input.limit,
    ({ denial }) => [denial.at, denial.id],
    ({ denial, keyName }) => present(denial, keyName, currentStateOf(denial)),
    ctx.settings.bounds.responseBytes,
  );
  const total = input.trial
    ? await countReportOnly(scope, input, range)
    : await countDenied(scope, input, range);
  return { ...page, total, from: iso(range.from), to: iso(range.to) };
}

/** Throws `invalid` for an empty range. */
function rangeOf({ from, to, trial }: ListDenialsInput, nowMs: number): UsageRange {
  // Includes the current millisecond.
  const end = to ?? nowMs + 1;
  const begin = from ?? end - DAYS_LISTED * BUCKET_MS.day;
  if (begin >= end) throw invalid("from", "Must be before “to”.");
  // Report-only results are counted per hour only.
  return wholeBuckets(trial ? "hour" : finestSince(begin, nowMs), begin, end);
}

/** The shortest buckets that are still stored for the whole range. */
function finestSince(fromMs: number, nowMs: number): UsageInterval {
  if (isKept("minute", fromMs, nowMs)) return "minute";
  return isKept("hour", fromMs, nowMs) ? "hour" : "day";
}

/** Adds to each denial what the key and the API look like now. */
async function currentStates(
  scope: Scope,
  projectId: string,
  rows: StoredDenial[],
): Promise<(row: StoredDenial) => CurrentState> {
  const { keys } = scope.t;
  const keyIds = [...new Set(rows.map(({ keyId }) => keyId))];
  const [found, known] = await Promise.all([
    scope.q
      .select({ id: keys.id, restrictions: keys.restrictions, reportOnly: keys.reportOnly })
      .from(keys)
      .where(inArray(keys.id, keyIds)),
    readKnownApis(scope, projectId, [...new Set(rows.map(({ api }) => api))]),
  ]);
  const byId = new Map(found.map((key) => [key.id, key]));
  // A page has many denials of one key, and a set may have many entries.
  const compiled = new Map<string, CompiledRestrictions | null>();
  return ({ keyId, reportOnly }) => {
    const key = byId.get(keyId);
    const set = key ? (reportOnly ? key.reportOnly : key.restrictions) : null;
    const name = `${keyId} ${reportOnly}`;
    const rules = compiled.get(name) ?? (set && compileRestrictions(set));
    compiled.set(name, rules);
    return { set, rules, before: key ? apisOf(key) : [], known };
  };
}

function present(row: StoredDenial, keyName: string, standing: CurrentState): Denial {
  const { id, at, keyId, environment, code, api, operation, observed, client } = row;
  return {
    id,
    time: iso(at),
    keyId,
    keyName,
    environment,
    code,
    api,
    operation: operation || null,
    observed,
    words: messageOf(code, observed, variantOf(code, observed, client)),
    client,
    ...currentRemedy(row, standing),
  };
}

async function countDenied(
  scope: Scope,
  { projectId, keyId, externalId, code }: ListDenialsInput,
  range: UsageRange,
): Promise<number> {
  const [row] = await sumUsage(scope, {
    buckets: fewestBuckets(range),
    where: {
      projectId: [projectId],
      keyId: keyId === undefined ? undefined : [keyId],
      externalId: externalId === undefined ? undefined : [externalId],
      code: code === undefined ? undefined : [code],
    },
    onlyDenied: true,
    by: [],
    sums: ["checks"],
  });
  return row?.checks ?? 0;
}

/** Of report-only sets in effect now, as in the list. */
async function countReportOnly({ q, t }: Scope, input: ListDenialsInput, range: UsageRange): Promise<number> {
  const { reportOnlyCounts, keys } = t;
  const keyIds = q
    .select({ id: keys.id })
    .from(keys)
    .where(
      and(
        eq(keys.projectId, input.projectId),
        input.keyId === undefined ? undefined : eq(keys.id, input.keyId),
        input.externalId === undefined ? undefined : eq(keys.externalId, input.externalId),
      ),
    );
  const [row] = await q
    .select({ total: sql<number>`coalesce(sum(${reportOnlyCounts.count}), 0)`.mapWith(Number) })
    .from(reportOnlyCounts)
    .innerJoin(
      keys,
      and(eq(keys.id, reportOnlyCounts.keyId), eq(keys.reportOnlySince, reportOnlyCounts.since)),
    )
    .where(
      and(
        inArray(reportOnlyCounts.keyId, keyIds),
        input.code === undefined ? ne(reportOnlyCounts.code, "VALID") : eq(reportOnlyCounts.code, input.code),
        gte(reportOnlyCounts.bucket, range.from),
        lt(reportOnlyCounts.bucket, range.to),
      ),
    );
  return row?.total ?? 0;
}
