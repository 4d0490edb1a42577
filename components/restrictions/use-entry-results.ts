"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { EntryResult } from "#domain/keys/restrictions/schema.ts";
import { type Draft, filledRows, restrictionsOf } from "./draft.ts";
import { type Entry, explainRequestOf, nameOf, type RowResults, resultsByRow } from "./entry-results.ts";
import { type Fields, type RowList, trimmed } from "./lists.ts";
import { postJson, shouldRetry } from "./post-json.ts";
import { useDebounced } from "./use-debounced.ts";

/** Long enough to wait for a whole word, short enough to feel immediate. */
const TYPING_MS = 150;
/** The maximum number of entries in one request. */
const AT_ONCE = 500;

export type ResultOf = (list: RowList, fields: Fields) => EntryResult | undefined;

export interface EntryResults {
  resultOf: ResultOf;
  /** Rows that the server has not checked yet. */
  waiting: number;
  /** Invalid rows. */
  wrong: number;
  /** Whether the portal does not answer. */
  failing: boolean;
}

/** The server's result for each row, requested while the user types. Only new rows are sent. */
export function useEntryResults(projectId: string, draft: Draft, first: RowResults): EntryResults {
  const rows = useMemo(() => filledRows(draft), [draft]);
  const [known, setKnown] = useState<ReadonlyMap<string, EntryResult>>(() => new Map(first));
  const unchecked = rows
    .map(({ list, row }): Entry => ({ list, fields: trimmed(row.fields) }))
    .filter((entry) => !known.has(nameOf(entry)))
    .slice(0, AT_ONCE);
  const names = unchecked.map(nameOf).join("\n");
  const debounced = useDebounced(unchecked, names, TYPING_MS);
  const { data, isError } = useQuery({
    queryKey: ["entry-results", projectId, debounced.map(nameOf)],
    queryFn: async ({ signal }) =>
      resultsByRow(
        debounced,
        await postJson(`/projects/${projectId}/keys/explain`, explainRequestOf(debounced), signal),
      ),
    enabled: debounced.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: shouldRetry,
  });
  // Earlier results are kept while other rows are requested.
  const [learned, setLearned] = useState(data);
  if (data !== undefined && data !== learned) {
    setLearned(data);
    setKnown(new Map([...known, ...data]));
  }
  const resultOf = useCallback<ResultOf>(
    (list, fields) => known.get(nameOf({ list, fields: trimmed(fields) })),
    [known],
  );
  const read = rows.map(({ list, row }) => resultOf(list, row.fields));
  return {
    resultOf,
    waiting: read.filter((result) => result === undefined).length,
    wrong: read.filter((result) => result?.ok === false).length,
    failing: isError,
  };
}

/** The part of a draft that the server has checked and found valid. */
export function validRestrictions(draft: Draft, resultOf: ResultOf) {
  return restrictionsOf(draft, (list, fields) => resultOf(list, fields)?.ok === true);
}

/**
 * The valid rows of a draft, for the tester and the dry run. While the server has not read every row, the result stays
 * as it was, so that results don't flicker during typing.
 */
export function useValidRestrictions(draft: Draft, { resultOf, waiting }: EntryResults): Restrictions {
  const now = useMemo(() => validRestrictions(draft, resultOf), [draft, resultOf]);
  const [last, setLast] = useState(now);
  if (waiting === 0 && last !== now) setLast(now);
  return waiting === 0 ? now : last;
}
