import type { SweepState, SweptState } from "#db/tables/lifecycle.ts";
import type { Page, Person } from "../../../fields.ts";

/** Many unused keys that are revoked together. */
export interface Sweep {
  id: string;
  state: SweepState;
  createdAt: string;
  createdBy: Person;
  /** Who confirmed it, and who undid it. */
  startedBy: Person | null;
  undoneBy: Person | null;
  unusedForDays: number;
  reason: string;
  startedAt: string | null;
  /** When the last key was revoked, or with `undone` restored. */
  endedAt: string | null;
  /** With `done`: until when it can be undone. */
  undoableUntil: string | null;
  /** How many of its keys are in each state. */
  keys: Record<SweptState, number>;
  projects: number;
}

/** A key of a sweep, and its state. */
export interface SweptKey {
  id: string;
  name: string;
  hint: string;
  project: { id: string; name: string };
  state: SweptState;
  /** Its last use when the sweep was previewed. */
  lastUsedAt: string | null;
  /** Why it was skipped, or restored as disabled. */
  note: string | null;
}

export type SweptPage = Page<SweptKey>;
