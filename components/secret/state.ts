import type { CopyOutcome } from "../ui/copy.tsx";

/** Where a person stands with a secret that is shown once. */
export interface SecretState {
  /** The characters can be read on the screen. */
  revealed: boolean;
  /** It is in the clipboard, by our button or by their own hand: leaving loses nothing. */
  copied: boolean;
  /** How the last press of Copy went; null before the first. */
  outcome: CopyOutcome | null;
  /** They are about to leave without it, and are asked. */
  asking: boolean;
}

export type SecretEvent =
  | { kind: "reveal-toggled" }
  | { kind: "copy-pressed"; outcome: CopyOutcome }
  /** They pressed Ctrl+C on the selected text. */
  | { kind: "copied-by-hand" }
  /** Escape, a press outside, or the browser's back. */
  | { kind: "leave-tried" }
  | { kind: "stayed" };

export const UNSEEN: SecretState = { revealed: false, copied: false, outcome: null, asking: false };

/** What follows from what they did. Never closes by itself: `mayLeave` says whether a close may pass. */
export function nextSecretState(state: SecretState, event: SecretEvent): SecretState {
  switch (event.kind) {
    case "reveal-toggled":
      return { ...state, revealed: !state.revealed };
    case "copy-pressed":
      // A clipboard that refuses leaves the text to be copied by hand: it must be the real one.
      return event.outcome === "copied"
        ? { ...state, copied: true, outcome: "copied" }
        : { ...state, revealed: true, outcome: event.outcome };
    case "copied-by-hand":
      return { ...state, copied: true, outcome: "copied" };
    case "leave-tried":
      return { ...state, asking: !state.copied };
    case "stayed":
      return { ...state, asking: false };
  }
}

/** May it close without a question? */
export function mayLeave(state: SecretState): boolean {
  return state.copied;
}

/** The secret with its random part covered; the prefix says what it is. */
export function masked(secret: string): string {
  const start = secret.lastIndexOf("_") + 1;
  return secret.slice(0, start) + "•".repeat(secret.length - start);
}
