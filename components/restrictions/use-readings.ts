"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { EntryReading } from "#domain/keys/restrictions/schema.ts";
import { type Draft, filledRows, restrictionsOf } from "./draft.ts";
import { type Fields, type RowList, trimmed } from "./lists.ts";
import { postJson, shouldRetry } from "./post.ts";
import { type Answered, answersOf, type Entry, explainRequestOf, nameOf } from "./readings.ts";
import { useDebounced } from "./use-debounced.ts";

/** Long enough to wait for a whole word, short enough to feel immediate. */
const TYPING_MS = 150;
/** The maximum number of entries in one request. */
const AT_ONCE = 500;

export type ReadingOf = (list: RowList, fields: Fields) => EntryReading | undefined;

export interface Readings {
  readingOf: ReadingOf;
  /** Rows that the server has not checked yet. */
  waiting: number;
  /** Invalid rows. */
  wrong: number;
  /** Whether the portal does not answer. */
  failing: boolean;
}

/** The server's result for each row, requested while the user types. Only new rows are sent. */
export function useReadings(projectId: string, draft: Draft, first: Answered): Readings {
  const rows = useMemo(() => filledRows(draft), [draft]);
  const [known, setKnown] = useState<ReadonlyMap<string, EntryReading>>(() => new Map(first));
  const unread = rows
    .map(({ list, row }): Entry => ({ list, fields: trimmed(row.fields) }))
    .filter((entry) => !known.has(nameOf(entry)))
    .slice(0, AT_ONCE);
  const names = unread.map(nameOf).join("\n");
  const debounced = useDebounced(unread, names, TYPING_MS);
  const { data, isError } = useQuery({
    queryKey: ["readings", projectId, debounced.map(nameOf)],
    queryFn: async ({ signal }) =>
      answersOf(
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
  const readingOf = useCallback<ReadingOf>(
    (list, fields) => known.get(nameOf({ list, fields: trimmed(fields) })),
    [known],
  );
  const read = rows.map(({ list, row }) => readingOf(list, row.fields));
  return {
    readingOf,
    waiting: read.filter((reading) => reading === undefined).length,
    wrong: read.filter((reading) => reading?.ok === false).length,
    failing: isError,
  };
}

/** The part of a draft that the server has checked and found valid. */
export function readable(draft: Draft, readingOf: ReadingOf) {
  return restrictionsOf(draft, (list, fields) => readingOf(list, fields)?.ok === true);
}

/**
 * The valid rows of a draft, for the tester and the dry run. While the server has not read every row, the result stays
 * as it was, so that results don't flicker during typing.
 */
export function useReadableRestrictions(draft: Draft, { readingOf, waiting }: Readings): Restrictions {
  const now = useMemo(() => readable(draft, readingOf), [draft, readingOf]);
  const [last, setLast] = useState(now);
  if (waiting === 0 && last !== now) setLast(now);
  return waiting === 0 ? now : last;
}
