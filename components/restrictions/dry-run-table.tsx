import { formatNumber } from "#core/format.ts";
import type { DryRun, DryRunRule } from "#domain/keys/restrictions/schema.ts";
import { DataTable } from "../ui/data-table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { KIND_TEXT, restrictionsText } from "./text.ts";

const TEXT = restrictionsText.impact;

/** The requests that each kind of restriction would have denied, the most frequent first. */
export function DryRunTable({ run }: { run: DryRun }) {
  const rules = run.rules.filter((rule) => rule.refused + rule.unsure > 0);
  const { atLeast, atMost } = run.refused;
  return (
    <>
      {rules.map((rule) => (
        <RuleTable key={rule.kind} {...rule} />
      ))}
      <p className="text-sm text-muted">
        {TEXT.accuracy} {atLeast === atMost ? null : TEXT.range}
      </p>
    </>
  );
}

function RuleTable({ kind, refused: denied, unsure, values, more }: DryRunRule) {
  return (
    <div className="grid gap-2">
      <p className="text-sm">
        <span className="font-medium">{KIND_TEXT[kind].label}.</span>{" "}
        {denied > 0 ? `${TEXT.requests(denied)} ${TEXT.outside[kind]}.` : null}{" "}
        {unsure > 0 ? TEXT.unsure(unsure) : null}
      </p>
      <DataTable
        bare
        dense
        label={TEXT.tableOf(KIND_TEXT[kind].label)}
        rows={values}
        rowKey={({ value }) => value}
        columns={[
          {
            label: TEXT.columns[kind],
            className: "font-mono text-sm sm:whitespace-nowrap wrap-anywhere",
            value: ({ label }) => label,
          },
          {
            label: TEXT.columns.requests,
            numeric: true,
            className: "text-sm",
            value: ({ count }) => formatNumber(count),
          },
          {
            label: TEXT.columns.outcome,
            className: "text-sm",
            value: ({ outcome }) =>
              outcome === "refused" ? (
                <span className="text-bad">{TEXT.denied}</span>
              ) : (
                <span className="text-attention">{TEXT.undecided}</span>
              ),
          },
          {
            label: TEXT.columns.lastSeen,
            className: "text-sm",
            value: ({ lastSeenAt }) =>
              lastSeenAt ? (
                <RelativeTime at={lastSeenAt} />
              ) : (
                <span className="text-muted">{TEXT.notKept}</span>
              ),
          },
        ]}
      />
      {more > 0 ? <p className="text-sm text-muted">{TEXT.others(more)}</p> : null}
    </div>
  );
}
