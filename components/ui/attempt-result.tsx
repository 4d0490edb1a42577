"use client";

import { createContext, type ReactNode } from "react";
import type { ActionResult } from "#domain/errors.ts";

/** Asks the server for the result of an attempt whose answer did not arrive; null when nothing was done. */
type FindAttemptResult = (attempt: {
  form: string;
  key: string;
}) => Promise<ActionResult<{ value: unknown } | null>>;

/** What the forms of a page ask for such a result. A separate module, because pages without a form load it too. */
export const AttemptResultContext = createContext<FindAttemptResult | null>(null);

/** Provided by the layout of the portal. */
export function AttemptResultProvider({
  findResult,
  children,
}: {
  findResult: FindAttemptResult;
  children: ReactNode;
}) {
  return <AttemptResultContext value={findResult}>{children}</AttemptResultContext>;
}
