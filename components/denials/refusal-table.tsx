import Link from "next/link";
import { familyOf } from "#core/verdict.ts";
import type { Denial } from "#domain/keys/denials/types.ts";
import { Badge } from "../ui/badge.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { RefusalDetails } from "./refusal-details.tsx";

interface RefusalTableProps {
  items: Denial[];
  projectId: string;
  withKeys: boolean;
  mayChange: boolean;
  /** The refusal of which everything is shown. */
  open: string | null;
  onOpen: (id: string | null) => void;
}

/** One row a refusal. On a phone the middle cell says what the left-out columns would. */
export function RefusalTable({ items, projectId, withKeys, mayChange, open, onOpen }: RefusalTableProps) {
  return (
    <Table aria-label="Refusals">
      <Thead>
        <tr>
          <Th>Time</Th>
          {withKeys ? <Th className="max-md:hidden">Key</Th> : null}
          <Th>Why</Th>
          <Th className="max-lg:hidden">Seen</Th>
          {mayChange ? (
            <Th className="max-md:hidden">
              <span className="sr-only">Remedy</span>
            </Th>
          ) : null}
        </tr>
      </Thead>
      <tbody>
        {items.map((item) => (
          <Tr key={item.id} className="align-top">
            <Td className="text-sm whitespace-nowrap">
              <RelativeTime at={item.time} />
            </Td>
            {withKeys ? (
              <Td className="max-w-48 max-md:hidden">
                <KeyLink projectId={projectId} item={item} />
              </Td>
            ) : null}
            <Td className="w-full whitespace-normal md:min-w-64">
              <Badge tone={familyOf(item.code) === "credential" ? "bad" : "attention"} className="font-mono">
                {item.code}
              </Badge>
              {withKeys ? (
                <span className="mt-1 block md:hidden">
                  <KeyLink projectId={projectId} item={item} />
                </span>
              ) : null}
              <p className="mt-1 max-w-prose text-sm text-pretty break-words">{item.words}</p>
              {item.noRemedy ? (
                <p className="max-w-prose text-sm text-pretty break-words text-muted">{item.noRemedy}</p>
              ) : null}
              {mayChange ? (
                <span className="mt-2 block md:hidden">
                  <Remedy projectId={projectId} item={item} />
                </span>
              ) : null}
              <RefusalDetails
                item={item}
                open={open === item.id}
                onOpen={(isOpen) => onOpen(isOpen ? item.id : null)}
              />
            </Td>
            <Td className="max-w-72 min-w-48 whitespace-normal max-lg:hidden">
              <Seen observed={item.observed} />
            </Td>
            {mayChange ? (
              <Td className="pr-3 text-right max-md:hidden">
                <Remedy projectId={projectId} item={item} />
              </Td>
            ) : null}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function KeyLink({ projectId, item }: { projectId: string; item: Denial }) {
  return (
    <Link
      href={`/projects/${projectId}/keys/${item.keyId}`}
      prefetch={false}
      className="block truncate text-sm font-medium hover:underline"
    >
      {item.keyName}
    </Link>
  );
}

function Seen({ observed }: { observed: Record<string, string> }) {
  const facts = Object.entries(observed);
  if (facts.length === 0) return <span className="text-sm text-muted">Nothing</span>;
  return (
    <ul className="text-xs">
      {facts.map(([name, value]) => (
        <li key={name} className="[overflow-wrap:anywhere]">
          <span className="text-muted">{name}</span> <span className="font-mono">{value}</span>
        </li>
      ))}
    </ul>
  );
}

/** Opens the editor with the entry in its draft; nothing is saved by the link. */
function Remedy({ projectId, item }: { projectId: string; item: Denial }) {
  const key = `/projects/${projectId}/keys/${item.keyId}`;
  if (item.remedy) {
    return (
      <ButtonLink size="sm" href={`${key}?tab=restrictions&${item.remedy.query}`} prefetch={false}>
        <span className="block max-w-44 truncate">{item.remedy.label}</span>
      </ButtonLink>
    );
  }
  if (item.code === "API_NOT_ENABLED") {
    return (
      <ButtonLink size="sm" href={`/projects/${projectId}/apis`} prefetch={false}>
        Enable {item.api}
      </ButtonLink>
    );
  }
  return null;
}
