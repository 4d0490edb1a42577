"use client";

import Link from "next/link";
import type { UnusedKey } from "#domain/keys/lifecycle/unused/types.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { RestrictionIcons } from "../keys/restriction-icons.tsx";
import { EnvironmentBadge, KeyApis, KeyStatusLine } from "../keys/status.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import type { UnusedActions } from "./actions.ts";
import { isChosen, type Selection, toggle, togglePage } from "./selection.ts";
import type { UnusedState } from "./unused-state.ts";
import { unusedHref } from "./unused-state.ts";

/** Older secrets are highlighted. */
const OLD_DAYS = 90;

interface UnusedTableProps {
  keys: UnusedKey[];
  state: UnusedState;
  nowMs: number;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onExempt: (key: { id: string; name: string }) => void;
  endExemption: UnusedActions["endExemption"];
}

/** Unused keys with their owners, last use, APIs and exposure. */
export function UnusedTable(props: UnusedTableProps) {
  const { keys, nowMs, selection, onSelect } = props;
  const ids = keys.map(({ id }) => id);
  return (
    <Table aria-label="Unused keys">
      <Thead>
        <tr>
          <Th className="w-0">
            <input
              type="checkbox"
              className="check"
              aria-label="Select this page"
              checked={ids.length > 0 && ids.every((id) => isChosen(selection, id))}
              onChange={() => onSelect(togglePage(selection, ids))}
            />
          </Th>
          <Th>Key</Th>
          <Th className="max-md:hidden">Project and owner</Th>
          <Th>Last used</Th>
          <Th className="max-lg:hidden">APIs</Th>
          <Th className="max-md:hidden">Exposure</Th>
          <Th className="w-0">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {keys.map((key) => (
          <Row
            key={key.id}
            subject={key}
            state={props.state}
            chosen={isChosen(selection, key.id)}
            onToggle={() => onSelect(toggle(selection, key.id, ids))}
            nowMs={nowMs}
            onExempt={props.onExempt}
            endExemption={props.endExemption}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface RowProps extends Pick<UnusedTableProps, "onExempt" | "endExemption" | "nowMs" | "state"> {
  subject: UnusedKey;
  chosen: boolean;
  onToggle: () => void;
}

function Row({ subject, state, nowMs, chosen, onToggle, onExempt, endExemption }: RowProps) {
  const { id, name, hint, projectId, projectName, owners, environment, exemption } = subject;
  return (
    <Tr>
      <Td>
        <input
          type="checkbox"
          className="check"
          aria-label={`Select ${name} of ${projectName}`}
          checked={chosen}
          onChange={onToggle}
        />
      </Td>
      <Td className="max-w-0 min-w-40">
        <Link
          href={`/projects/${projectId}/keys/${id}`}
          prefetch={false}
          className="block truncate font-medium hover:underline"
        >
          {name}
        </Link>
        <span className="block truncate font-mono text-xs text-muted">{hint}</span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
          <EnvironmentBadge environment={environment} />
          {subject.status === "active" ? null : (
            <KeyStatusLine keyFacts={subject} nowMs={nowMs} className="text-sm" />
          )}
          {exemption ? (
            <span data-tip={`${exemption.reason} (${exemption.by})`}>
              <Badge>
                Exempt until <DateTime at={exemption.until} />
              </Badge>
            </span>
          ) : null}
        </span>
        <span className="block truncate text-sm text-muted md:hidden">{projectName}</span>
      </Td>
      <Td className="max-w-48 text-sm max-md:hidden">
        <Link
          href={unusedHref({ ...state, projectId })}
          prefetch={false}
          aria-label={`Only keys of ${projectName}`}
          className="block truncate rounded hover:underline"
        >
          {projectName}
        </Link>
        <span className="block truncate text-muted">
          {owners.length > 0 ? owners.map((owner) => owner.name).join(", ") : "No owner"}
        </span>
      </Td>
      <Td className="text-sm whitespace-nowrap">
        {subject.lastUsedAt ? (
          <RelativeTime at={subject.lastUsedAt} />
        ) : (
          <>
            <span className="block">Never</span>
            <span className="block text-muted">
              created <RelativeTime at={subject.createdAt} />
            </span>
          </>
        )}
        {subject.idleSince === (subject.lastUsedAt ?? subject.createdAt) ? null : (
          <span className="block text-muted">
            enabled again <RelativeTime at={subject.idleSince} />
          </span>
        )}
      </Td>
      <Td className="max-lg:hidden">
        <KeyApis slugs={subject.apis} />
      </Td>
      <Td className="max-md:hidden">
        <RestrictionIcons counts={subject.entries} />
        {subject.secretAgeDays > OLD_DAYS ? (
          <span className="block text-sm whitespace-nowrap text-attention">
            Secret {subject.secretAgeDays} days old
          </span>
        ) : null}
      </Td>
      <Td>
        {exemption ? (
          <ActionButton
            size="sm"
            variant="ghost"
            about={`End exemption of ${name}`}
            action={() => endExemption({ keyId: id })}
          >
            End exemption
          </ActionButton>
        ) : (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Exempt ${name}…`}
            onClick={() => onExempt({ id, name })}
          >
            Exempt…
          </Button>
        )}
      </Td>
    </Tr>
  );
}
