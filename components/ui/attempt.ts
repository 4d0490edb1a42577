"use client";

import { createContext } from "react";
import type { ActionResult } from "#domain/result.ts";

/** A form that creates or replaces something, and what it does that to or in: its attempts are told apart by both. */
export interface AttemptOf {
  form: string;
  subject: string;
}

/** Asks the server what became of an attempt whose answer did not arrive; null where nothing was done. */
export type Recall = (attempt: {
  form: string;
  key: string;
}) => Promise<ActionResult<{ value: unknown } | null>>;

/** Handed in by the portal's layout. */
export const RecallContext = createContext<Recall | null>(null);

/** A new key: 192 random bits. `crypto.randomUUID` is missing where the portal has no TLS. */
export function newAttemptKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const slotOf = ({ form, subject }: AttemptOf) => `latchkey-attempt:${form}:${subject}`;

/** The key of an attempt of this tab whose answer has not arrived; null for none. */
export function unansweredKey(of: AttemptOf): string | null {
  try {
    return sessionStorage.getItem(slotOf(of));
  } catch {
    return null;
  }
}

/** Remembers an attempt until its answer is there, also when the dialog is closed or the page is loaded again. */
export function noteUnanswered(of: AttemptOf, key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(slotOf(of));
    else sessionStorage.setItem(slotOf(of), key);
  } catch {
    // Without storage the key lasts as long as the dialog.
  }
}
