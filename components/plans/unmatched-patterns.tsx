import { Alert } from "../ui/card.tsx";
import { unmatchedText } from "./unmatched-text.ts";

/** Warns of patterns in the terms of a plan that count nothing, such as a misspelled operation. */
export function UnmatchedPatterns({ patterns }: { patterns: readonly string[] }) {
  if (patterns.length === 0) return null;
  return (
    <Alert tone="attention">
      <p className="wrap-anywhere">{unmatchedText(patterns)}</p>
    </Alert>
  );
}
