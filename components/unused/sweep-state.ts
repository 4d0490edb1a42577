import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import type { Tone } from "../ui/badge.tsx";
import { sweepText } from "./sweep-text.ts";

const text = sweepText.states;

/** The status of a bulk revocation. */
export const SWEEP_STATES: Record<Sweep["state"], { tone: Tone; word: string }> = {
  preview: { tone: "inert", word: text.preview },
  running: { tone: "accent", word: text.running },
  done: { tone: "good", word: text.done },
  undoing: { tone: "accent", word: text.undoing },
  undone: { tone: "inert", word: text.undone },
};

/** How many of its keys are processed, and of how many. */
export function progressOf({ state, keys }: Pick<Sweep, "state" | "keys">): { done: number; of: number } {
  const { waiting, revoked, used, failed, restored } = keys;
  if (state === "undoing" || state === "undone") {
    return { done: restored, of: restored + revoked };
  }
  return { done: revoked + used + failed, of: waiting + revoked + used + failed };
}
