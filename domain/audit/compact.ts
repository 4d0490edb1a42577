import type { Restrictions } from "#core/restrictions/types.ts";

/** Of a set of restrictions, what a row of the log has: how many entries it had, and those that came or went. */
export interface SetChange {
  entries: number;
  added?: EntryTexts;
  removed?: EntryTexts;
  /** Entries that came or went and are not listed. */
  more?: number;
}
type EntryTexts = Partial<Record<EntryKind, string[]>>;

type Fields = Record<string, unknown>;
interface Change {
  before: Fields | null;
  after: Fields | null;
}

const KINDS = ["ips", "referrers", "apps", "apis"] as const;
type EntryKind = (typeof KINDS)[number];

/** Entries of a set that a row lists, and the characters that they may have together. */
const MAX_LISTED = 20;
const MAX_LISTED_LENGTH = 2_000;
/** Characters of any other field as JSON. */
const MAX_FIELD_LENGTH = 8_192;
/** Fields that hold sets. */
const SETS = ["restrictions", "trial"];

/**
 * A change as a row of the log keeps it: of sets of restrictions their difference, of other values at most 8 KiB. So
 * no row is larger than what a few fields make together, however large the thing is.
 */
export function compactChange({ before, after }: Change): Change {
  const [was, is]: [Fields, Fields] = [{ ...before }, { ...after }];
  for (const field of SETS) {
    const [old, young] = [was[field], is[field]];
    if (isSet(old)) was[field] = changeOf(old, isSet(young) ? young : null, "removed");
    if (isSet(young)) is[field] = changeOf(young, isSet(old) ? old : null, "added");
  }
  return { before: before && bounded(was), after: after && bounded(is) };
}

/** What one set has that the other has not. */
function changeOf(set: Restrictions, other: Restrictions | null, name: "added" | "removed"): SetChange {
  const known = new Set(other === null ? [] : textsOf(other).map(([kind, text]) => `${kind} ${text}`));
  const all = textsOf(set);
  const own = all.filter(([kind, text]) => !known.has(`${kind} ${text}`));
  const listed: EntryTexts = {};
  let [count, length] = [0, 0];
  for (const [kind, text] of own) {
    length += text.length;
    if (count === MAX_LISTED || length > MAX_LISTED_LENGTH) break;
    listed[kind] = [...(listed[kind] ?? []), text];
    count++;
  }
  return {
    entries: all.length,
    ...(count > 0 && { [name]: listed }),
    ...(own.length > count && { more: own.length - count }),
  };
}

/** Every entry on one line: an app as `package@sha1`, an operation as `api:operation`. */
function textsOf({ ips, referrers, apps, apis }: Restrictions): [EntryKind, string][] {
  const texts: Record<EntryKind, string[]> = {
    ips,
    referrers,
    apps: [
      ...apps.android.map((app) => `${app.package}@${app.sha1}`),
      ...apps.ios.map((app) => app.bundleId),
    ],
    apis: apis.flatMap(({ api, operations }) =>
      operations.length === 0 ? [api] : operations.map((operation) => `${api}:${operation}`),
    ),
  };
  return KINDS.flatMap((kind) => texts[kind].map((text): [EntryKind, string] => [kind, text]));
}

function isSet(value: unknown): value is Restrictions {
  return typeof value === "object" && value !== null && "apps" in value && "referrers" in value;
}

function bounded(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      const length = JSON.stringify(value)?.length ?? 0;
      return [field, length > MAX_FIELD_LENGTH ? { omittedCharacters: length } : value];
    }),
  );
}
