import { matchesOperation } from "./apis.ts";
import { networkCovers } from "./ips.ts";
import { countEntries, type RestrictionKind } from "./kinds.ts";
import { parsePattern, type ReferrerPattern } from "./referrers.ts";
import { splitEntries } from "./split-entries.ts";
import type { Restrictions } from "./types.ts";

/**
 * Whether one kind of `wide` allows everything that the same kind of `narrow` allows. Both are in canonical form.
 * Entries are compared in pairs, so this is also false where only several entries together cover one, such as two
 * halves of a network.
 */
export function coversKind(kind: RestrictionKind, wide: Restrictions, narrow: Restrictions): boolean {
  if (countEntries(wide)[kind] === 0) return true;
  if (countEntries(narrow)[kind] === 0) return false;
  const entriesOf = (set: Restrictions) => splitEntries(set).filter((single) => single.kind === kind);
  const wideEntries = entriesOf(wide);
  return entriesOf(narrow).every((entry) =>
    wideEntries.some((wideEntry) => entryCovers(kind, wideEntry.set, entry.set)),
  );
}

/** Like `coversKind`, for two sets with one entry each. */
function entryCovers(kind: RestrictionKind, wide: Restrictions, narrow: Restrictions): boolean {
  switch (kind) {
    case "apis":
      return apiCovers(wide.apis[0], narrow.apis[0]);
    case "ips":
      return networkCovers(wide.ips[0] ?? "", narrow.ips[0] ?? "");
    case "referrers":
      return patternCovers(mustParse(wide.referrers[0]), mustParse(narrow.referrers[0]));
    case "apps":
      return JSON.stringify(wide.apps) === JSON.stringify(narrow.apps);
  }
}

type Api = Restrictions["apis"][number] | undefined;

function apiCovers(wide: Api, narrow: Api): boolean {
  if (wide === undefined || wide.api !== narrow?.api) return false;
  if (!scopesCover(wide.scopes ?? [], narrow.scopes ?? [])) return false;
  const [[pattern], [operation]] = [wide.operations, narrow.operations];
  // A prefix pattern covers longer prefixes in the same way as names.
  return pattern === undefined || (operation !== undefined && matchesOperation(pattern, operation));
}

/** Without scopes, an entry allows all of them, including those that the API declares later. */
function scopesCover(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide.length === 0) return true;
  return narrow.length > 0 && narrow.every((scope) => wide.includes(scope));
}

function patternCovers(wide: ReferrerPattern, narrow: ReferrerPattern): boolean {
  const fitsScheme =
    wide.scheme === narrow.scheme ||
    (wide.scheme === null && (narrow.scheme === "http" || narrow.scheme === "https"));
  return (
    fitsScheme &&
    (wide.port === "any" || wide.port === narrow.port) &&
    hostCovers(wide, narrow) &&
    pathCovers(wide.path, narrow.path)
  );
}

function hostCovers(wide: ReferrerPattern, narrow: ReferrerPattern): boolean {
  if (wide.host === narrow.host) return wide.subdomains === narrow.subdomains;
  return wide.subdomains && narrow.host.endsWith(`.${wide.host}`);
}

function pathCovers(wide: ReferrerPattern["path"], narrow: ReferrerPattern["path"]): boolean {
  if (wide === null || (wide.prefix && wide.text === "/")) return true;
  if (narrow === null) return false;
  return wide.prefix ? narrow.text.startsWith(wide.text) : !narrow.prefix && narrow.text === wide.text;
}

function mustParse(entry = ""): ReferrerPattern {
  const pattern = parsePattern(entry);
  if ("ok" in pattern) throw new RangeError("not a referrer in canonical form");
  return pattern;
}
