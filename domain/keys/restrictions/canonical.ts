import { SET_FAULTS } from "#core/restrictions/messages.ts";
import type { BadReading, Reading } from "#core/restrictions/reading.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Scope } from "#db/open.ts";
import { DomainError, type FieldError } from "../../errors.ts";
import { type Readings, readEntries } from "./read.ts";

/** What is saved for what was given. */
export interface Wanted {
  projectId: string;
  given: Restrictions | undefined;
  /** What the key has already of APIs, as `apisOf` tells it. */
  before?: readonly ApiRestriction[];
  /** Where in the input it stands. */
  field?: "restrictions" | "trial";
}

/** The entries of APIs that a key has, in force or on trial: either may become the other. */
export function apisOf(key: { restrictions: Restrictions; trial: Restrictions | null }): ApiRestriction[] {
  return [...key.restrictions.apis, ...(key.trial?.apis ?? [])];
}

/**
 * A set in canonical form: every entry once, in the order in which they were written, one entry an API. Throws
 * `invalid` that says of every entry that can't be read how to write it.
 */
export async function canonicalRestrictions(
  scope: Scope,
  { projectId, given, before = [], field = "restrictions" }: Wanted,
): Promise<Restrictions> {
  if (given === undefined) return NO_RESTRICTIONS;
  const readings = await readEntries(scope, projectId, given, before);
  const errors = faultsOf(readings).map(({ path, message }) => ({ path: `${field}.${path}`, message }));
  if (errors.length > 0) {
    throw new DomainError("invalid", SET_FAULTS.entries.message, { errors });
  }
  return {
    ips: entriesOf(readings.ips),
    referrers: entriesOf(readings.referrers),
    apps: { android: entriesOf(readings.apps.android), ios: entriesOf(readings.apps.ios) },
    apis: mergeByApi(entriesOf(readings.apis)),
  };
}

function faultsOf({ ips, referrers, apps, apis }: Readings): FieldError[] {
  return [
    ...faultsAt("ips", ips),
    ...faultsAt("referrers", referrers),
    ...faultsAt("apps.android", apps.android),
    ...faultsAt("apps.ios", apps.ios),
    ...faultsAt("apis", apis),
  ];
}

function faultsAt(list: string, readings: Reading<unknown>[]): FieldError[] {
  return readings.flatMap((reading, at) => {
    if (reading.ok) return [];
    const path = [list, at, reading.at].filter((part) => part !== undefined).join(".");
    return [{ path, message: faultWords(reading) }];
  });
}

/** What is wrong with an entry, and what may have been meant. */
function faultWords({ message, suggestions }: BadReading): string {
  if (suggestions.length === 0) return message;
  return `${message} Did you mean ${suggestions.map((entry) => `“${entry}”`).join(" and ")}?`;
}

function entriesOf<Entry>(readings: Reading<Entry>[]): Entry[] {
  const byText = new Map(readings.flatMap((one) => (one.ok ? [[one.text, one.entry] as const] : [])));
  return [...byText.values()];
}

function mergeByApi(entries: readonly ApiRestriction[]): ApiRestriction[] {
  const bySlug = Map.groupBy(entries, (entry) => entry.api);
  return [...bySlug]
    .map(([api, same]) => ({
      api,
      // One entry without operations opens the whole API.
      operations: same.some((entry) => entry.operations.length === 0)
        ? []
        : [...new Set(same.flatMap((entry) => entry.operations))].sort(),
    }))
    .sort((a, b) => (a.api < b.api ? -1 : 1));
}
