import { OTHERS } from "#core/observations.ts";
import type { Rotation, Sender } from "#domain/keys/rotation/types.ts";
import { formatNumber } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";

const KINDS: Record<Sender["kind"], { title: string; none: string }> = {
  address: { title: "Address", none: "(no address given)" },
  origin: { title: "Website", none: "(no page given)" },
  app: { title: "App", none: "(no app given)" },
};

/** Who still sends the old secret, and what they call with it. */
export function Senders({ senders, operations }: Pick<Rotation, "senders" | "operations">) {
  if (senders.length === 0 && operations.length === 0) return null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {senders.length > 0 ? (
        <Table aria-label="Who sends the old secret">
          <Thead>
            <tr>
              <Th>Sent from</Th>
              <Th className="text-right">Checks</Th>
              <Th>Last seen</Th>
            </tr>
          </Thead>
          <tbody>
            {senders.map(({ kind, value, values, count, lastSeenAt }) => (
              <Tr key={`${kind} ${value}`}>
                <Td className="max-w-0 min-w-40">
                  <span className="block text-xs text-muted">
                    {values > 1 ? `Network, ${formatNumber(values)} addresses` : KINDS[kind].title}
                  </span>
                  <span className="block truncate font-mono text-sm" title={value}>
                    {value === ""
                      ? KINDS[kind].none
                      : value === OTHERS
                        ? "(others)"
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
        <Table aria-label="What is called with the old secret">
          <Thead>
            <tr>
              <Th>Operation</Th>
              <Th className="text-right">Checks</Th>
              <Th>Last seen</Th>
            </tr>
          </Thead>
          <tbody>
            {operations.map(({ api, operation, count, lastSeenAt }) => (
              <Tr key={`${api} ${operation}`}>
                <Td>
                  <span className="block text-xs text-muted">{api}</span>
                  <span className="block font-mono text-sm break-all">{operation || "(none named)"}</span>
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
