import { ButtonLink } from "../ui/button.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { ReportOnlyDenial } from "./use-report-only.ts";

interface TrialRefusalsProps {
  refusals: ReportOnlyDenial[];
  /** Where remedies lead; null for those who may not change the key. */
  base: string | null;
}

/** The latest calls that the set would have refused, and what would let each through. */
export function TrialRefusals({ refusals, base }: TrialRefusalsProps) {
  return (
    <ul
      aria-label="Latest calls that would have been refused"
      className="divide-y divide-border border-y border-border text-sm"
    >
      {refusals.map((refusal) => (
        <li key={refusal.id} className="flex flex-wrap items-center gap-x-6 gap-y-1.5 py-2">
          <span className="w-28 text-muted">
            <RelativeTime at={refusal.time} />
          </span>
          <div className="min-w-0 flex-1 basis-64">
            <p className="flex flex-wrap gap-x-3 font-mono text-xs">
              {refusal.code}
              <span className="text-muted">{refusal.operation ?? refusal.api}</span>
            </p>
            <p className="break-words">{refusal.words}</p>
            {refusal.noRemedy ? <p className="break-words text-muted">{refusal.noRemedy}</p> : null}
          </div>
          {base && refusal.remedy ? (
            <ButtonLink
              size="sm"
              scroll={false}
              prefetch={false}
              href={`${base}?tab=restrictions&from=trial&${refusal.remedy.query}#draft`}
              className="max-w-full"
            >
              <span className="truncate">{refusal.remedy.label}</span>
            </ButtonLink>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
