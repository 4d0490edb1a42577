import type { Restrictions } from "#core/restrictions/types.ts";
import type { EntryResult } from "#domain/keys/restrictions/schema.ts";
import type { LinkedEntry } from "./linked-entries.ts";
import { type Fields, fieldsOf, isOperations, operationsOf, type RowList } from "./lists.ts";

/** A row to explain. */
export interface Entry {
  list: RowList;
  fields: Fields;
}

/** Results by row. */
export type RowResults = (readonly [name: string, result: EntryResult])[];

export function nameOf({ list, fields }: Entry): string {
  return `${list} ${fields.join("@")}`;
}

/** The entries as the route accepts them, valid or not. */
export interface ExplainRequest {
  restrictions: {
    ips: string[];
    referrers: string[];
    apps: { android: { package: string; sha1: string }[]; ios: { bundleId: string }[] };
    apis: { api: string; operations: string[] }[];
  };
}

/** The results of each kind, in the order of the request. */
export interface ExplainResponse {
  kinds: {
    ips: EntryResult[];
    referrers: EntryResult[];
    apps: { android: EntryResult[]; ios: EntryResult[] };
    apis: EntryResult[];
  };
}

export function explainRequestOf(entries: readonly Entry[]): ExplainRequest {
  const fieldsOf = (list: RowList) =>
    entries.filter((entry) => entry.list === list).map(({ fields }) => fields);
  return {
    restrictions: {
      ips: fieldsOf("ips").map(([text = ""]) => text),
      referrers: fieldsOf("referrers").map(([text = ""]) => text),
      apps: {
        android: fieldsOf("android").map(([name = "", sha1 = ""]) => ({ package: name, sha1 })),
        ios: fieldsOf("ios").map(([bundleId = ""]) => ({ bundleId })),
      },
      // Each operation prefix separately, so that an error is reported at its position.
      apis: operationRows(entries).map(({ list, fields: [text = ""] }) => ({
        api: list.slice(3),
        operations: [text],
      })),
    },
  };
}

function operationRows(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ list }) => isOperations(list));
}

export function resultsByRow(entries: readonly Entry[], { kinds }: ExplainResponse): RowResults {
  const inList = (list: RowList) => entries.filter((entry) => entry.list === list);
  return [
    ...paired(inList("ips"), kinds.ips),
    ...paired(inList("referrers"), kinds.referrers),
    ...paired(inList("android"), kinds.apps.android),
    ...paired(inList("ios"), kinds.apps.ios),
    ...paired(operationRows(entries), kinds.apis),
  ];
}

function paired(entries: Entry[], results: EntryResult[]): RowResults {
  return entries.flatMap((entry, at) => {
    const result = results[at];
    return result ? [[nameOf(entry), result] as const] : [];
  });
}

/** Every entry of a set as rows to explain; each operation of an API is a separate row. */
export function entriesOf({ ips, referrers, apps, apis }: Restrictions): Entry[] {
  const listEntries = (list: RowList, rows: Fields[]) => rows.map((fields): Entry => ({ list, fields }));
  return [
    ...listEntries(
      "ips",
      ips.map((text) => [text]),
    ),
    ...listEntries(
      "referrers",
      referrers.map((text) => [text]),
    ),
    ...listEntries(
      "android",
      apps.android.map((app) => [app.package, app.sha1]),
    ),
    ...listEntries(
      "ios",
      apps.ios.map((app) => [app.bundleId]),
    ),
    ...apis.flatMap(({ api, operations }) =>
      listEntries(
        operationsOf(api),
        operations.map((name) => [name]),
      ),
    ),
  ];
}

/** The rows for a link's entries. */
export function linkedEntriesToCheck(wanted: readonly LinkedEntry[]): Entry[] {
  return wanted.flatMap((entry): Entry[] => {
    if ("list" in entry) return [{ list: entry.list, fields: fieldsOf(entry.list, entry.text) }];
    if ("scope" in entry) return [];
    const { api, operation } = entry;
    return operation === null ? [] : [{ list: operationsOf(api), fields: [operation] }];
  });
}
