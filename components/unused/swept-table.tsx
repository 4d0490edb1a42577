import Link from "next/link";
import type { SweptKey } from "#domain/keys/lifecycle/sweeps/types.ts";
import { StatusDot, type Tone } from "../ui/badge.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";

const STATES: Record<SweptKey["state"], { tone: Tone; word: string }> = {
  waiting: { tone: "inert", word: "To be revoked" },
  revoked: { tone: "bad", word: "Revoked" },
  used: { tone: "good", word: "Skipped" },
  failed: { tone: "attention", word: "Failed" },
  restored: { tone: "good", word: "Restored" },
};

/** The keys of a bulk revocation with their status. */
export function SweptTable({ keys, label }: { keys: SweptKey[]; label: string }) {
  return (
    <Table aria-label={label}>
      <Thead>
        <tr>
          <Th>Key</Th>
          <Th className="max-sm:hidden">Project</Th>
          <Th>Last used</Th>
          <Th>Status</Th>
        </tr>
      </Thead>
      <tbody>
        {keys.map(({ id, name, hint, project, state, lastUsedAt, note }) => (
          <Tr key={id}>
            <Td className="max-w-0 min-w-40">
              <Link
                href={`/projects/${project.id}/keys/${id}`}
                prefetch={false}
                className="block truncate font-medium hover:underline"
              >
                {name}
              </Link>
              <span className="block truncate font-mono text-xs text-muted">{hint}</span>
              <span className="block truncate text-sm text-muted sm:hidden">{project.name}</span>
            </Td>
            <Td className="max-w-48 truncate text-sm max-sm:hidden">{project.name}</Td>
            <Td className="text-sm whitespace-nowrap">
              {lastUsedAt ? <RelativeTime at={lastUsedAt} /> : "Never"}
            </Td>
            <Td>
              <StatusDot tone={STATES[state].tone} className="whitespace-normal!">
                {STATES[state].word}
              </StatusDot>
              {note ? <span className="block text-sm text-muted">{note}</span> : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
