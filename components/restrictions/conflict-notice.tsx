import type { Restrictions } from "#core/restrictions/types.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/card.tsx";
import { ReadOnlyRestrictions } from "./read-only.tsx";
import type { Answered } from "./readings.ts";

interface OvertakenProps {
  /** What is there now. */
  restrictions: Restrictions;
  readings: Answered;
  onBeginAnew: () => void;
}

/** The set that a draft is of was changed meanwhile: what it is now, and the way to begin with that. */
export function ConflictNotice({ restrictions, readings, onBeginAnew }: OvertakenProps) {
  return (
    <Notice
      actions={
        <Button size="sm" onClick={onBeginAnew}>
          Discard the draft
        </Button>
      }
    >
      <p role="status">
        These restrictions were changed while you edited. Your draft is kept: saved, it replaces what is there
        now.
      </p>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer rounded font-medium">What is there now</summary>
        <div className="mt-3">
          <ReadOnlyRestrictions restrictions={restrictions} readings={readings} />
        </div>
      </details>
    </Notice>
  );
}
