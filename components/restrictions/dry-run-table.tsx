import type { RestrictionKind } from "#core/restrictions/kinds.ts";
import type { DryRun, DryRunRule } from "#domain/keys/restrictions/schema.ts";
import { formatNumber } from "../ui/format.ts";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { KINDS } from "./kinds.ts";
import { requestsText } from "./text.ts";

/** What each kind of the draft would have refused, the most frequent first. */
export function DryRunTable({ run }: { run: DryRun }) {
  const rules = run.rules.filter(({ refused, unsure }) => refused + unsure > 0);
  const { atLeast, atMost } = run.refused;
  return (
    <>
      {rules.map((rule) => (
        <RuleTable key={rule.kind} {...rule} />
      ))}
      <p className="text-sm text-muted">
        APIs are counted exactly, and operations that the catalogue lists; of a call that named none of them
        it can’t be told whether named operations let it pass. Addresses, websites and apps are kept by day
        and each on its own, the rarest of a busy day together as “others”.{" "}
        {atLeast === atMost ? null : "Where that leaves the number open, both ends of it are given."}
      </p>
    </>
  );
}

const WHY: Record<RestrictionKind, string> = {
  apis: "called something outside the list",
  ips: "came from an address outside the list",
  referrers: "came from a page outside the list",
  apps: "came from an app outside the list",
};

const WHAT: Record<RestrictionKind, string> = {
  apis: "API or operation",
  ips: "Address",
  referrers: "Website",
  apps: "App",
};

function RuleTable({ kind, refused, unsure, values, more }: DryRunRule) {
  const label = `What ${KINDS[kind].label.toLowerCase()} would have refused`;
  return (
    <div className="grid gap-2">
      <p className="text-sm">
        <span className="font-medium">{KINDS[kind].label}.</span>{" "}
        {refused > 0 ? `${requestsText(refused)} ${WHY[kind]}.` : null}{" "}
        {unsure > 0 ? `Of ${formatNumber(unsure)} it can’t be told.` : null}
      </p>
      <Table dense aria-label={label} className="text-sm">
        <Thead>
          <tr>
            <Th>{WHAT[kind]}</Th>
            <Th numeric>Checks</Th>
            <Th>Outcome</Th>
            <Th>Last seen</Th>
          </tr>
        </Thead>
        <tbody>
          {values.map((value) => (
            <Tr key={value.value}>
              <Td className="font-mono whitespace-nowrap">{value.label}</Td>
              <Td numeric>{formatNumber(value.count)}</Td>
              <Td className={value.outcome === "refused" ? "text-bad" : "text-attention"}>
                {value.outcome === "refused" ? "Refused" : "Can’t be told"}
              </Td>
              <Td>
                {value.lastSeenAt ? (
                  <RelativeTime at={value.lastSeenAt} />
                ) : (
                  <span className="text-muted">Not kept</span>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {more > 0 ? <p className="text-sm text-muted">And {formatNumber(more)} others.</p> : null}
    </div>
  );
}
