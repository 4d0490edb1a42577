import type { Key } from "#domain/keys/types.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";

/** The secrets with which a key can be used: the current one, and older ones while their overlap runs. */
export function SecretTable({ subject }: { subject: Key }) {
  return (
    <Table aria-label="Secrets">
      <Thead>
        <tr>
          <Th>Hint</Th>
          <Th>State</Th>
          <Th>Created</Th>
          <Th>Last used</Th>
        </tr>
      </Thead>
      <tbody>
        {subject.secrets.map((secret) => (
          <Tr key={secret.id}>
            <Td className="font-mono text-sm whitespace-nowrap">{secret.hint}</Td>
            <Td>
              {secret.lapsesAt ? (
                <StatusDot
                  tone="attention"
                  near={
                    <>
                      lapses <RelativeTime at={secret.lapsesAt} />
                    </>
                  }
                >
                  Older
                </StatusDot>
              ) : (
                <StatusDot tone={subject.status === "active" ? "good" : "inert"}>Current</StatusDot>
              )}
            </Td>
            <Td className="text-sm">
              <RelativeTime at={secret.createdAt} />
            </Td>
            <Td className="text-sm">
              {secret.lastUsedAt ? (
                <RelativeTime at={secret.lastUsedAt} />
              ) : (
                <span className="text-muted">Never</span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
