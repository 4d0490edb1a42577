import { countEntries } from "#core/restrictions/kinds.ts";
import type { AdminKeyPage } from "#domain/admin/schema.ts";
import { RestrictionIcons } from "../keys/restriction-icons.tsx";
import { EnvironmentBadge, KeyStatusLine } from "../keys/status.tsx";
import { DataTable, NameCell, RowLink } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty.tsx";
import type { CursorPaginationProps } from "../ui/pagination.tsx";
import { uiText } from "../ui/text.ts";
import { RelativeTime } from "../ui/time.tsx";
import { adminText } from "./text.ts";

const text = adminText.keys;

interface AdminKeyTableProps {
  keys: AdminKeyPage["items"];
  /** By filters of the page. */
  isFiltered: boolean;
  nowMs: number;
  pagination: CursorPaginationProps;
}

/** Keys of all projects. */
export function AdminKeyTable({ keys, isFiltered, nowMs, pagination }: AdminKeyTableProps) {
  return (
    <DataTable
      label={text.title}
      rows={keys}
      rowKey={({ id }) => id}
      pagination={pagination}
      empty={
        isFiltered ? (
          <EmptyState title={text.noMatch}>{text.noMatchHint}</EmptyState>
        ) : (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        )
      }
      columns={[
        {
          label: text.columns.name,
          className: "min-w-44",
          value: ({ id, projectId, name, hint }) => (
            <NameCell
              mono
              name={<RowLink href={`/projects/${projectId}/keys/${id}`}>{name}</RowLink>}
              detail={hint}
            />
          ),
        },
        {
          label: text.columns.project,
          className: "min-w-28 text-sm wrap-anywhere",
          value: ({ projectName }) => projectName,
        },
        {
          label: text.columns.environment,
          value: ({ environment }) => <EnvironmentBadge environment={environment} />,
        },
        { label: text.columns.status, value: (key) => <KeyStatusLine keyFacts={key} nowMs={nowMs} /> },
        {
          label: text.columns.restrictions,
          value: ({ restrictions }) => <RestrictionIcons counts={countEntries(restrictions)} />,
        },
        {
          label: text.columns.created,
          from: "lg",
          className: "text-sm",
          value: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        {
          label: text.columns.secretCreated,
          from: "wide",
          className: "text-sm",
          value: ({ secrets }) => {
            // The current secret is the only one without an expiry.
            const current = secrets.find(({ lapsesAt }) => lapsesAt === null);
            return current ? <RelativeTime at={current.createdAt} /> : null;
          },
        },
        {
          label: text.columns.lastUsed,
          className: "text-sm",
          value: ({ lastUsedAt }) =>
            lastUsedAt ? (
              <RelativeTime at={lastUsedAt} />
            ) : (
              <span className="text-muted">{uiText.never}</span>
            ),
        },
      ]}
    />
  );
}
