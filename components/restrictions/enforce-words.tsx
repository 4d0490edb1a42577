import type { DryRun } from "#domain/keys/restrictions/schema.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { dryRunText } from "./text.ts";
import type { DryRunDays } from "./use-dry-run.ts";

interface EnforceWordsProps {
  run: { days: DryRunDays; run: DryRun } | null;
  /** It is being looked up. */
  pending: boolean;
}

/** The consequence of enforcing a draft, in numbers where they are known. */
export function EnforceWords({ run, pending }: EnforceWordsProps) {
  return (
    <>
      {run === null && pending ? (
        <Skeleton className="h-[22px] w-72 max-w-full" />
      ) : (
        <p className="font-medium text-ink">
          {run ? dryRunText(run.run, run.days) : "What it would have done to real traffic could not be read."}
        </p>
      )}
      <p>
        Such calls will be refused everywhere within a second. To see what it does before it refuses anything,
        try it first.
      </p>
    </>
  );
}
