import type { CopyOutcome } from "../ui/copy.tsx";

/** What the reader has done with a secret that is shown once. */
export interface SecretState {
  /** The characters are visible. */
  revealed: boolean;
  /** It is in the clipboard, by the button or by hand: leaving loses nothing. */
  copied: boolean;
  /** The result of the last press of Copy; null before the first. */
  outcome: CopyOutcome | null;
  /** The dialog asks whether to discard it. */
  confirming: boolean;
}

export type SecretEvent =
  | { kind: "reveal-toggled" }
  | { kind: "copy-pressed"; outcome: CopyOutcome }
  /** Ctrl+C on the selected text. */
  | { kind: "copied-manually" }
  /** Escape, a click outside, or the back button. */
  | { kind: "leave-requested" }
  | { kind: "discard-canceled" };

export const INITIAL_STATE: SecretState = {
  revealed: false,
  copied: false,
  outcome: null,
  confirming: false,
};

/** The state after an event. It never closes the dialog: `mayLeave` says whether closing is allowed. */
export function nextSecretState(state: SecretState, event: SecretEvent): SecretState {
  switch (event.kind) {
    case "reveal-toggled":
      return { ...state, revealed: !state.revealed };
    case "copy-pressed":
      // Without clipboard access the visible text is copied by hand: it must be the real one.
      return event.outcome === "copied"
        ? { ...state, copied: true, outcome: "copied" }
        : { ...state, revealed: true, outcome: event.outcome };
    case "copied-manually":
      return { ...state, copied: true, outcome: "copied" };
    case "leave-requested":
      return { ...state, confirming: !state.copied };
    case "discard-canceled":
      return { ...state, confirming: false };
  }
}

/** Whether the dialog may close without asking. */
export function mayLeave(state: SecretState): boolean {
  return state.copied;
}

/** The secret with its random part hidden; the prefix says what it is. */
export function maskSecret(secret: string): string {
  const start = secret.lastIndexOf("_") + 1;
  return secret.slice(0, start) + "•".repeat(secret.length - start);
}
