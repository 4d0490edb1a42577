import type { ApiRestriction, Restrictions } from "#core/restrictions/types.ts";
import { type Fields, isBlank, operationsOf, type RowList, trimmed } from "./lists.ts";

/** A row of a draft, with the user's input. */
export interface Row {
  id: number;
  fields: Fields;
  /** Added by a link or a suggestion instead of typed. */
  added: boolean;
}

/** An API that the key may call. */
export interface ApiChoice {
  /** Whether the whole API is allowed; otherwise the ticked operations and the rows of its list are. */
  whole: boolean;
  ticked: readonly string[];
  /** The scopes that the key has; null for all of them. */
  scopes: readonly string[] | null;
  added: boolean;
}

/** Restrictions while they are edited, including invalid entries. */
export interface Draft {
  rows: Partial<Record<RowList, readonly Row[]>>;
  apis: Readonly<Record<string, ApiChoice>>;
  /** The id of the next row. */
  next: number;
}

export type DraftChange =
  | { kind: "add"; list: RowList; entries: readonly Fields[]; added?: boolean }
  | { kind: "type"; list: RowList; id: number; field: number; text: string }
  | { kind: "remove"; list: RowList; id: number }
  | { kind: "replace"; list: RowList; id: number; entries: readonly Fields[] }
  | { kind: "clear"; list: RowList }
  | { kind: "api"; api: string; on: boolean }
  | { kind: "whole"; api: string; whole: boolean }
  | { kind: "operation"; api: string; operation: string; on: boolean }
  | { kind: "scopes"; api: string; scopes: readonly string[] | null }
  | { kind: "scope"; api: string; scope: string; on: boolean }
  /** Replaces what the key may do with an API. */
  | { kind: "entry"; entry: ApiRestriction; known: KnownOperations }
  | { kind: "start"; draft: Draft };

export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.kind) {
    case "add":
      return withRows(draft, change.list, (rows, rowOf) => [
        ...rows.filter((row) => !change.added || !isBlank(row.fields)),
        ...change.entries.map((fields) => rowOf(fields, change.added)),
      ]);
    case "type":
      return withRows(draft, change.list, (rows) =>
        rows.map((row) =>
          row.id === change.id ? { ...row, fields: row.fields.with(change.field, change.text) } : row,
        ),
      );
    case "remove":
      return withRows(draft, change.list, (rows) => rows.filter((row) => row.id !== change.id));
    case "replace":
      return withRows(draft, change.list, (rows, rowOf) =>
        rows.flatMap((row) => (row.id === change.id ? change.entries.map((one) => rowOf(one)) : [row])),
      );
    case "clear":
      return withRows(draft, change.list, () => []);
    case "api":
      return change.on ? withApi(draft, change.api, {}) : withoutApi(draft, change.api);
    case "whole":
      return withApi(draft, change.api, { whole: change.whole });
    case "operation":
      return withApi(draft, change.api, {
        ticked: toggled(draft.apis[change.api]?.ticked ?? [], change.operation, change.on),
      });
    case "scopes":
      return withApi(draft, change.api, { scopes: change.scopes });
    case "scope":
      return withApi(draft, change.api, {
        scopes: toggled(draft.apis[change.api]?.scopes ?? [], change.scope, change.on).sort(),
      });
    case "entry":
      return withEntry(changeDraft(draft, { kind: "clear", list: operationsOf(change.entry.api) }), change);
    case "start":
      return change.draft;
  }
}

/** Each API's operations, as listed in the catalog. */
export type KnownOperations = ReadonlyMap<string, ReadonlySet<string>>;

const NOTHING: Draft = { rows: {}, apis: {}, next: 1 };

/** A set as a draft. Known operations are ticked, others are rows. */
export function draftOf(set: Restrictions, known: KnownOperations): Draft {
  const lists: [RowList, Fields[]][] = [
    ["ips", set.ips.map((text) => [text])],
    ["referrers", set.referrers.map((text) => [text])],
    ["android", set.apps.android.map((app) => [app.package, app.sha1])],
    ["ios", set.apps.ios.map((app) => [app.bundleId])],
  ];
  const apis: Record<string, ApiChoice> = {};
  for (const entry of set.apis) {
    const { choice, others } = choiceOf(entry, known);
    apis[entry.api] = choice;
    lists.push([operationsOf(entry.api), others]);
  }
  const start: Draft = { ...NOTHING, apis };
  return lists.reduce(
    (draft, [list, entries]) =>
      entries.length === 0 ? draft : changeDraft(draft, { kind: "add", list, entries }),
    start,
  );
}

/** The draft as restrictions, without blank rows and rows that `keep` rejects. */
export function restrictionsOf(
  draft: Draft,
  keep: (list: RowList, fields: Fields) => boolean = () => true,
): Restrictions {
  const filledRows = (list: RowList) =>
    (draft.rows[list] ?? [])
      .map((row) => trimmed(row.fields))
      .filter((fields) => !isBlank(fields) && keep(list, fields));
  return {
    ips: filledRows("ips").map(([text = ""]) => text),
    referrers: filledRows("referrers").map(([text = ""]) => text),
    apps: {
      android: filledRows("android").map(([name = "", sha1 = ""]) => ({ package: name, sha1 })),
      ios: filledRows("ios").map(([bundleId = ""]) => ({ bundleId })),
    },
    apis: Object.entries(draft.apis)
      .map(([api, { whole, ticked, scopes }]) => ({
        api,
        operations: whole
          ? []
          : [...new Set([...ticked, ...filledRows(operationsOf(api)).map(([text = ""]) => text)])].sort(),
        whole,
        scopes,
      }))
      // Restricted to operations or scopes, but none is selected: this must not become all of them.
      .filter(({ whole, operations, scopes }) => (whole || operations.length > 0) && scopes?.length !== 0)
      .map(({ api, operations, scopes }) => ({ api, operations, ...(scopes && { scopes: [...scopes] }) })),
  };
}

/** APIs that are restricted to operations or scopes of which none is selected. */
export function emptyApis(draft: Draft): string[] {
  const chosen = new Set(restrictionsOf(draft).apis.map(({ api }) => api));
  return Object.keys(draft.apis).filter((api) => !chosen.has(api));
}

/** Every row that is not blank. */
export function filledRows(draft: Draft): { list: RowList; row: Row }[] {
  return Object.entries(draft.rows).flatMap(([list, rows]) =>
    (rows ?? [])
      .filter((row) => !isBlank(row.fields))
      .map((row) => ({ list: list as RowList, row }))
      .filter(({ list: of }) => isShown(draft, of)),
  );
}

/** Rows of an API that is not selected, or completely allowed, are kept but ignored. */
function isShown(draft: Draft, list: RowList): boolean {
  if (!list.startsWith("op:")) return true;
  const choice = draft.apis[list.slice(3)];
  return choice !== undefined && !choice.whole;
}

/** Whether the draft differs from the stored set. The order of entries makes no difference. */
export function isChanged(draft: Draft, stored: Restrictions): boolean {
  return emptyApis(draft).length > 0 || ordered(restrictionsOf(draft)) !== ordered(stored);
}

function ordered({ ips, referrers, apps, apis }: Restrictions): string {
  const texts = [
    ips,
    referrers,
    apps.android.map((app) => `${app.package}@${app.sha1}`),
    apps.ios.map((app) => app.bundleId),
    apis.map(({ api, operations, scopes = [] }) => `${api}: ${[...operations].sort()} ${[...scopes].sort()}`),
  ];
  return JSON.stringify(texts.map((list) => [...new Set(list)].sort()));
}

function withRows(
  draft: Draft,
  list: RowList,
  change: (rows: readonly Row[], rowOf: (fields: Fields, added?: boolean) => Row) => readonly Row[],
): Draft {
  let { next } = draft;
  const rowOf = (fields: Fields, added = false): Row => ({ id: next++, fields, added });
  const rows = { ...draft.rows, [list]: change(draft.rows[list] ?? [], rowOf) };
  return { ...draft, rows, next };
}

/** The draft with the API changed by `change`; an API that was not selected before is allowed completely by default. */
export function withApi(draft: Draft, api: string, change: Partial<ApiChoice>): Draft {
  const before = draft.apis[api] ?? { whole: true, ticked: [], scopes: null, added: false };
  return { ...draft, apis: { ...draft.apis, [api]: { ...before, ...change } } };
}

/** What a draft knows of an entry; `others` are rows for operations that the catalog does not list. */
function choiceOf(
  { api, operations, scopes }: ApiRestriction,
  known: KnownOperations,
): { choice: ApiChoice; others: Fields[] } {
  const isKnown = (name: string) => known.get(api)?.has(name) ?? false;
  const whole = operations.length === 0;
  return {
    choice: { whole, ticked: operations.filter(isKnown), scopes: scopes ?? null, added: false },
    others: operations.filter((name) => !isKnown(name)).map((name) => [name]),
  };
}

function withEntry(draft: Draft, { entry, known }: Extract<DraftChange, { kind: "entry" }>): Draft {
  const { choice, others } = choiceOf(entry, known);
  const after = withApi(draft, entry.api, choice);
  return changeDraft(after, { kind: "add", list: operationsOf(entry.api), entries: others });
}

function withoutApi(draft: Draft, api: string): Draft {
  const { [api]: _, ...apis } = draft.apis;
  return { ...draft, apis };
}

function toggled(names: readonly string[], name: string, on: boolean): string[] {
  const rest = names.filter((each) => each !== name);
  return on ? [...rest, name] : rest;
}
