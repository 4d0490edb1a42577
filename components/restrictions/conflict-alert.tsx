import type { Restrictions } from "#core/restrictions/types.ts";
import { Button } from "../ui/button.tsx";
import { Alert } from "../ui/card.tsx";
import type { RowResults } from "./entry-results.ts";
import { ReadOnlyRestrictions } from "./read-only.tsx";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.conflict;

interface ConflictAlertProps {
  /** The current ones. */
  restrictions: Restrictions;
  results: RowResults;
  onDiscard: () => void;
}

/** Someone else changed the restrictions that are being edited: shows the current ones. */
export function ConflictAlert({ restrictions, results, onDiscard }: ConflictAlertProps) {
  return (
    <Alert
      actions={
        <Button size="sm" onClick={onDiscard}>
          {TEXT.discard}
        </Button>
      }
    >
      <p role="status">{TEXT.body}</p>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer rounded font-medium">{TEXT.current}</summary>
        <div className="mt-3">
          <ReadOnlyRestrictions restrictions={restrictions} results={results} />
        </div>
      </details>
    </Alert>
  );
}
