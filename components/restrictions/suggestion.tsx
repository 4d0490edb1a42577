import { clsx } from "clsx";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { RestrictionSuggestion } from "#domain/keys/restrictions/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { SuggestionButtons } from "../keys/key-tabs.tsx";
import { Card } from "../ui/card.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { Link } from "../ui/link.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { suggestionText } from "./effect-text.ts";
import { restrictionsText } from "./text.ts";
import type { RestrictionActions } from "./types.ts";

const TEXT = restrictionsText.suggestion;

interface SuggestionProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "restrictions" | "trial">;
  result: RestrictionSuggestion;
  /** Percent of requests that the suggestion may ignore, from the URL. */
  leaveOutRarest: number;
  update: RestrictionActions["update"];
}

const RARE_PERCENT = [0, 1, 5];
const MAX_EVIDENCE = 12;

/** Suggests restrictions that fit the recent traffic of the key. */
export function Suggestion({ subject, result, leaveOutRarest, update }: SuggestionProps) {
  const { suggestion, why, checks } = result;
  if (suggestion === null)
    return checks === 0 ? null : (
      <p className="text-sm text-muted">
        {TEXT.none} {why}
      </p>
    );
  return (
    <Card className="grid gap-4" role="region" aria-label={TEXT.label}>
      <div className="grid gap-1">
        <h3 className="text-base font-semibold">{TEXT.title}</h3>
        <p>{suggestion.sentence}</p>
        {why ? <p className="text-sm text-muted">{why}</p> : null}
        <p className={clsx("text-sm", suggestion.wouldRefuse === 0 ? "text-muted" : "text-attention")}>
          {suggestionText(result, suggestion.wouldRefuse)}
        </p>
      </div>
      <Evidence evidence={suggestion.evidence} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <SuggestionButtons
          subject={subject}
          restrictions={suggestion.restrictions as Restrictions}
          harmless={suggestion.wouldRefuse === 0}
          impact={suggestionText(result, suggestion.wouldRefuse)}
          update={update}
        />
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          {TEXT.ignoreRare}
          {RARE_PERCENT.map((share) => (
            <Link
              key={share}
              href={`?tab=restrictions&rarest=${share}`}
              scroll={false}
              aria-current={share === leaveOutRarest ? "true" : undefined}
              className={clsx(
                "inline-flex min-h-6 min-w-6 items-center justify-center rounded",
                share === leaveOutRarest ? "font-medium text-ink" : "text-accent hover:underline",
              )}
            >
              {share === 0 ? TEXT.nothing : `${share}%`}
            </Link>
          ))}
        </p>
      </div>
    </Card>
  );
}

type Evidence = NonNullable<RestrictionSuggestion["suggestion"]>["evidence"];

function Evidence({ evidence }: { evidence: Evidence }) {
  return (
    <div className="grid gap-2">
      <DataTable
        bare
        dense
        label={TEXT.evidence}
        rows={evidence.slice(0, MAX_EVIDENCE)}
        rowKey={({ kind, entry }) => `${kind} ${entry}`}
        columns={[
          { label: TEXT.columns.kind, className: "text-sm", value: ({ kind }) => TEXT.kinds[kind] },
          {
            label: TEXT.columns.entry,
            className: "font-mono text-sm break-all whitespace-normal",
            value: ({ entry }) => entry,
          },
          {
            label: TEXT.columns.requests,
            numeric: true,
            value: ({ count }) => <FormattedNumber value={count} />,
          },
          {
            label: TEXT.columns.lastSeen,
            className: "text-sm",
            value: ({ lastSeenAt }) => (lastSeenAt ? <RelativeTime at={lastSeenAt} /> : null),
          },
        ]}
      />
      {evidence.length > MAX_EVIDENCE ? (
        <p className="text-sm text-muted">{TEXT.more(evidence.length - MAX_EVIDENCE)}</p>
      ) : null}
    </div>
  );
}
