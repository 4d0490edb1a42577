import { eq } from "drizzle-orm";
import { formatNumber } from "#core/format.ts";
import { scopesText } from "#core/restrictions/apis.ts";
import { setBytes, totalEntries } from "#core/restrictions/kinds.ts";
import { SET_ERRORS } from "#core/restrictions/messages.ts";
import { invalidEntry, type ParsedEntry } from "#core/restrictions/parsed-entry.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { FieldError } from "#core/schema-errors.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { Ctx } from "../../context.ts";
import { DomainError, invalid } from "../../errors.ts";
import { entryErrorText } from "../../fields.ts";
import { type ParsedRestrictions, readEntries } from "./read.ts";

/** A set of restrictions as a caller gives it, and what is needed to convert it to canonical form. */
export interface GivenSet {
  projectId: string;
  given: Restrictions | undefined;
  /** The key's current API entries, as `apisOf` returns them. */
  before?: readonly ApiRestriction[];
  /** The path in the input. */
  field?: "restrictions" | "trial";
}

/** A key's API entries, enforced or report-only: either may become the other. */
export function apisOf(key: {
  restrictions: Restrictions;
  reportOnly: Restrictions | null;
}): ApiRestriction[] {
  return [...key.restrictions.apis, ...(key.reportOnly?.apis ?? [])];
}

/**
 * Converts a set to canonical form: every entry once, in the given order, one entry per API. Throws `invalid` with a
 * hint for every entry that can't be parsed.
 */
export async function canonicalRestrictions(
  scope: Scope,
  { projectId, given, before = [], field = "restrictions" }: GivenSet,
): Promise<Restrictions> {
  if (given === undefined) return NO_RESTRICTIONS;
  const parsed = rejectDifferentScopes(await readEntries(scope, projectId, given, before));
  const errors = entryErrors(parsed).map(({ path, message }) => ({ path: `${field}.${path}`, message }));
  if (errors.length > 0) {
    throw new DomainError("invalid", SET_ERRORS.entries.message, { errors });
  }
  return {
    ips: entriesOf(parsed.ips),
    referrers: entriesOf(parsed.referrers),
    apps: { android: entriesOf(parsed.apps.android), ios: entriesOf(parsed.apps.ios) },
    apis: mergeByApi(entriesOf(parsed.apis)),
  };
}

/** Entries of one API with different scopes have no common meaning: their operations and scopes would mix. */
function rejectDifferentScopes(parsed: ParsedRestrictions): ParsedRestrictions {
  const scopesOf = new Map<string, string>();
  const apis = parsed.apis.map((one): ParsedEntry<ApiRestriction> => {
    if (!one.ok) return one;
    const { api, scopes } = one.entry;
    const text = scopesText(scopes);
    const first = scopesOf.get(api) ?? text;
    scopesOf.set(api, first);
    return first === text ? one : { ...invalidEntry("scope-differs"), at: "scopes" };
  });
  return { ...parsed, apis };
}

function entryErrors({ ips, referrers, apps, apis }: ParsedRestrictions): FieldError[] {
  return [
    ...errorsInList("ips", ips),
    ...errorsInList("referrers", referrers),
    ...errorsInList("apps.android", apps.android),
    ...errorsInList("apps.ios", apps.ios),
    ...errorsInList("apis", apis),
  ];
}

function errorsInList(list: string, parsed: ParsedEntry<unknown>[]): FieldError[] {
  return parsed.flatMap((one, index) => {
    if (one.ok) return [];
    const path = [list, index, one.at].filter((part) => part !== undefined).join(".");
    return [{ path, message: entryErrorText(one) }];
  });
}

function entriesOf<Entry>(parsed: ParsedEntry<Entry>[]): Entry[] {
  const byText = new Map(parsed.flatMap((one) => (one.ok ? [[one.text, one.entry] as const] : [])));
  return [...byText.values()];
}

function mergeByApi(entries: readonly ApiRestriction[]): ApiRestriction[] {
  const bySlug = Map.groupBy(entries, (entry) => entry.api);
  return [...bySlug]
    .map(([api, same]) => ({
      api,
      // One entry without operations allows the whole API.
      operations: same.some((entry) => entry.operations.length === 0)
        ? []
        : [...new Set(same.flatMap((entry) => entry.operations))].sort(),
      ...(same[0]?.scopes && { scopes: same[0].scopes }),
    }))
    .sort((a, b) => (a.api < b.api ? -1 : 1));
}

interface Sets {
  restrictions: Restrictions;
  trial: Restrictions | null;
}

/**
 * Throws `invalid` for sets in canonical form that exceed the size limits (docs/operate/bounds.md). Existing sets that
 * do may shrink.
 */
export function requireRestrictionSize(
  { settings: { bounds } }: Pick<Ctx, "settings">,
  after: Sets,
  before: Sets | null,
): void {
  for (const field of ["restrictions", "trial"] as const) {
    const entries = countEntries(after[field]);
    if (entries > bounds.restrictionEntries && entries > countEntries(before?.[field] ?? null)) {
      throw invalid(
        field,
        `At most ${formatNumber(bounds.restrictionEntries)} entries in all, not ${formatNumber(entries)}.`,
      );
    }
  }
  const bytes = setBytes(after.restrictions, after.trial);
  if (bytes <= bounds.restrictionBytes) return;
  if (before !== null && bytes <= setBytes(before.restrictions, before.trial)) return;
  const message = SET_ERRORS["too-large"].message
    .replace("{size}", formatNumber(bytes))
    .replace("{max}", `${formatNumber(bounds.restrictionBytes)} (${bounds.restrictionBytes / 1_024} KiB)`);
  throw invalid("restrictions", message);
}

function countEntries(set: Restrictions | null): number {
  return set === null ? 0 : totalEntries(set);
}

/** In place of a slug: the key may call every API. No API has this slug. */
export const ANY_API = "";

interface RestrictedKey {
  id: string;
  projectId: string;
  restrictions: Restrictions;
}

/** The rows of `key_apis` for a key. */
export function keyApisOf({ id, projectId, restrictions }: RestrictedKey) {
  const slugs = new Set(restrictions.apis.map(({ api }) => api));
  return [...(slugs.size > 0 ? slugs : [ANY_API])].map((api) => ({ projectId, api, keyId: id }));
}

/** Replaces the rows of a key, in the transaction that writes its restrictions. */
export async function replaceKeyApis({ q, t: { keyApis } }: Tx, key: RestrictedKey): Promise<void> {
  await q.delete(keyApis).where(eq(keyApis.keyId, key.id));
  await q.insert(keyApis).values(keyApisOf(key));
}
