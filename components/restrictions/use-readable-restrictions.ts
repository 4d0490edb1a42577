"use client";

import { useMemo, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Draft } from "./draft.ts";
import { type Readings, readable } from "./use-readings.ts";

/**
 * What of a draft is put to the tester and the dry run: everything that can be read. While the server has not
 * read a row yet it is what it was, so that results don't flicker as one types.
 */
export function useReadableRestrictions(draft: Draft, { readingOf, waiting }: Readings): Restrictions {
  const now = useMemo(() => readable(draft, readingOf), [draft, readingOf]);
  const [last, setLast] = useState(now);
  if (waiting === 0 && last !== now) setLast(now);
  return waiting === 0 ? now : last;
}
