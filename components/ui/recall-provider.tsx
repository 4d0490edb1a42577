"use client";

import type { ReactNode } from "react";
import { type Recall, RecallContext } from "./attempt.ts";

/** Lets the forms of a page ask what became of an attempt whose answer did not arrive. */
export function RecallProvider({ recall, children }: { recall: Recall; children: ReactNode }) {
  return <RecallContext value={recall}>{children}</RecallContext>;
}
