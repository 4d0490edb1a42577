import type { SweptKey } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { StatusDot, type Tone } from "../ui/badge.tsx";
import { DataTable, NameCell, RowLink } from "../ui/data-table.tsx";
import type { CursorPaginationProps } from "../ui/pagination.tsx";
import { uiText } from "../ui/text.ts";
import { RelativeTime } from "../ui/time.tsx";
import { sweepText } from "./sweep-text.ts";

const text = sweepText.keys;

const TONES: Record<SweptKey["state"], Tone> = {
  waiting: "inert",
  revoked: "bad",
  used: "good",
  failed: "attention",
  restored: "good",
};

interface SweptTableProps {
  label: string;
  keys: SweptKey[];
  pagination?: CursorPaginationProps;
}

/** The keys of a bulk revocation with their status. */
export function SweptTable({ label, keys, pagination }: SweptTableProps) {
  return (
    <DataTable
      label={label}
      rows={keys}
      rowKey={({ id }) => id}
      pagination={pagination}
      columns={[
        {
          label: text.columns.key,
          className: "min-w-44",
          value: ({ id, project, name, hint }) => (
            <NameCell
              mono
              name={<RowLink href={`/projects/${project.id}/keys/${id}`}>{name}</RowLink>}
              detail={hint}
            />
          ),
        },
        {
          label: text.columns.project,
          className: "text-sm sm:max-w-48 sm:truncate",
          value: ({ project }) => project.name,
        },
        {
          label: text.columns.lastUsed,
          className: "text-sm whitespace-nowrap",
          value: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : uiText.never),
        },
        {
          label: text.columns.status,
          value: ({ state, note }) => (
            <div className="min-w-0">
              <StatusDot tone={TONES[state]}>{text.states[state]}</StatusDot>
              {note ? <div className="text-sm text-muted">{note}</div> : null}
            </div>
          ),
        },
      ]}
    />
  );
}
