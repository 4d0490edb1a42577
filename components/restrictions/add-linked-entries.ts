import { countEntries } from "#core/restrictions/kinds.ts";
import { changeDraft, type Draft, type KnownOperations, restrictionsOf, withApi } from "./draft.ts";
import type { LinkedEntry } from "./linked-entries.ts";
import { fieldsOf, operationsOf, type RowList, trimmed } from "./lists.ts";

/** A draft with the entries that a link asks for, and those that it already allowed. */
interface WithWanted {
  draft: Draft;
  allowed: LinkedEntry[];
}

/**
 * Adds the wanted entries, marked as added by a link. Nothing is added to a kind without entries: its first entry
 * would deny every other caller.
 */
export function addLinkedEntries(
  draft: Draft,
  wanted: readonly LinkedEntry[],
  known: KnownOperations,
): WithWanted {
  let now = draft;
  const allowed: LinkedEntry[] = [];
  for (const entry of wanted) {
    const next = withEntry(now, entry, known);
    if (next === now) allowed.push(entry);
    now = next;
  }
  return { draft: now, allowed };
}

/** The same object if the draft already allows the entry. */
function withEntry(draft: Draft, entry: LinkedEntry, known: KnownOperations): Draft {
  if ("scope" in entry) return withWantedScope(draft, entry);
  if (!("list" in entry)) return withWantedApi(draft, entry, known);
  const { list, text } = entry;
  const counts = countEntries(restrictionsOf(draft));
  const kind = list === "ips" || list === "referrers" ? list : "apps";
  return counts[kind] === 0 ? draft : withRow(draft, list, text);
}

function withWantedApi(
  draft: Draft,
  { api, operation }: Extract<LinkedEntry, { operation: string | null }>,
  known: KnownOperations,
): Draft {
  const choice = draft.apis[api];
  if (Object.keys(draft.apis).length === 0 || choice?.whole) return draft;
  if (operation === null) return withApi(draft, api, { whole: true, added: true });
  const ticked = choice?.ticked ?? [];
  if (ticked.includes(operation)) return draft;
  const some = { whole: false, added: true };
  if (known.get(api)?.has(operation)) return withApi(draft, api, { ...some, ticked: [...ticked, operation] });
  // It has no checkbox: as a row it can be seen and removed.
  const after = withRow(draft, operationsOf(api), operation);
  return after === draft ? draft : withApi(after, api, some);
}

/** A key that is not limited to scopes of the API has all of them. */
function withWantedScope(draft: Draft, { api, scope }: Extract<LinkedEntry, { scope: string }>): Draft {
  const scopes = draft.apis[api]?.scopes;
  if (!scopes || scopes.includes(scope)) return draft;
  return withApi(draft, api, { scopes: [...scopes, scope].sort(), added: true });
}

function withRow(draft: Draft, list: RowList, text: string): Draft {
  const fields = fieldsOf(list, text);
  const had = (draft.rows[list] ?? []).some((row) => String(trimmed(row.fields)) === String(fields));
  return had ? draft : changeDraft(draft, { kind: "add", list, entries: [fields], added: true });
}
