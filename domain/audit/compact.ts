import type { Restrictions } from "#core/restrictions/types.ts";

/** How an audit row shows a restriction set: the number of entries, and those added or removed. */
export interface SetChange {
  entries: number;
  added?: EntryTexts;
  removed?: EntryTexts;
  /** Added or removed entries that are not listed. */
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

/** How many entries of a set an audit row lists, and how many characters they may have in total. */
const MAX_LISTED = 20;
const MAX_LISTED_LENGTH = 2_000;
/** Characters of any other field as JSON. */
const MAX_FIELD_LENGTH = 8_192;
/** Fields with restriction sets. */
const SETS = ["restrictions", "trial"];

/**
 * A change as an audit row stores it: restriction sets by their difference, other values up to 8 KiB. This bounds the
 * size of a row, however large the changed object is.
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

/** The entries of one set that the other does not have. */
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

/** Every entry as a string: an app as `package@sha1`, an operation as `api:operation`, and scopes in parentheses. */
function textsOf({ ips, referrers, apps, apis }: Restrictions): [EntryKind, string][] {
  const texts: Record<EntryKind, string[]> = {
    ips,
    referrers,
    apps: [
      ...apps.android.map((app) => `${app.package}@${app.sha1}`),
      ...apps.ios.map((app) => app.bundleId),
    ],
    apis: apis.flatMap(({ api, operations, scopes = [] }) => {
      const limit = scopes.length === 0 ? "" : ` (${scopes.join(" ")})`;
      const called = operations.length === 0 ? [api] : operations.map((operation) => `${api}:${operation}`);
      return called.map((text) => text + limit);
    }),
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
