import { OTHERS } from "#core/observations.ts";
import type { Rotation, Sender } from "#domain/keys/rotation/schema.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.senders;
const KINDS: Record<Sender["kind"], { title: string; none: string }> = text.kinds;

/** Where the old secret is still sent from, and which operations are called with it. */
export function Senders({ senders, operations }: Pick<Rotation, "senders" | "operations">) {
  if (senders.length === 0 && operations.length === 0) return null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {senders.length > 0 ? (
        <Table aria-label={text.table}>
          <Thead>
            <tr>
              <Th>{text.from}</Th>
              <Th className="text-right">{text.requests}</Th>
              <Th>{text.lastSeen}</Th>
            </tr>
          </Thead>
          <tbody>
            {senders.map(({ kind, value, values, count, lastSeenAt }) => (
              <Tr key={`${kind} ${value}`}>
                <Td className="max-w-0 min-w-40">
                  <span className="block text-xs text-muted">
                    {values > 1 ? text.network(values) : KINDS[kind].title}
                  </span>
                  <span className="block truncate font-mono text-sm" title={value}>
                    {value === ""
                      ? KINDS[kind].none
                      : value === OTHERS
                        ? text.others
                        : value.replaceAll("|", ", ")}
                  </span>
                </Td>
                <Td className="text-right">
                  <FormattedNumber value={count} />
                </Td>
                <Td className="text-sm">
                  <RelativeTime at={lastSeenAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {operations.length > 0 ? (
        <Table aria-label={text.operations}>
          <Thead>
            <tr>
              <Th>{text.operation}</Th>
              <Th className="text-right">{text.requests}</Th>
              <Th>{text.lastSeen}</Th>
            </tr>
          </Thead>
          <tbody>
            {operations.map(({ api, operation, count, lastSeenAt }) => (
              <Tr key={`${api} ${operation}`}>
                <Td>
                  <span className="block text-xs text-muted">{api}</span>
                  <span className="block font-mono text-sm break-all">{operation || text.noOperation}</span>
                </Td>
                <Td className="text-right">
                  <FormattedNumber value={count} />
                </Td>
                <Td className="text-sm">
                  <RelativeTime at={lastSeenAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </div>
  );
}
