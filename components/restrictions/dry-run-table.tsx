import type { DryRun, DryRunRule } from "#domain/keys/restrictions/schema.ts";
import { formatNumber } from "../ui/format.ts";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
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
  const label = TEXT.tableOf(KIND_TEXT[kind].label);
  return (
    <div className="grid gap-2">
      <p className="text-sm">
        <span className="font-medium">{KIND_TEXT[kind].label}.</span>{" "}
        {denied > 0 ? `${TEXT.requests(denied)} ${TEXT.outside[kind]}.` : null}{" "}
        {unsure > 0 ? TEXT.unsure(unsure) : null}
      </p>
      <Table dense aria-label={label} className="text-sm">
        <Thead>
          <tr>
            <Th>{TEXT.columns[kind]}</Th>
            <Th numeric>{TEXT.columns.requests}</Th>
            <Th>{TEXT.columns.outcome}</Th>
            <Th>{TEXT.columns.lastSeen}</Th>
          </tr>
        </Thead>
        <tbody>
          {values.map((value) => (
            <Tr key={value.value}>
              <Td className="font-mono whitespace-nowrap">{value.label}</Td>
              <Td numeric>{formatNumber(value.count)}</Td>
              <Td className={value.outcome === "refused" ? "text-bad" : "text-attention"}>
                {value.outcome === "refused" ? TEXT.denied : TEXT.undecided}
              </Td>
              <Td>
                {value.lastSeenAt ? (
                  <RelativeTime at={value.lastSeenAt} />
                ) : (
                  <span className="text-muted">{TEXT.notKept}</span>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {more > 0 ? <p className="text-sm text-muted">{TEXT.others(more)}</p> : null}
    </div>
  );
}
