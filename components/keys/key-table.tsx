import { clsx } from "clsx";
import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { Key, KeySort } from "#domain/keys/schema.ts";
import { Sparkline, type SparkPoint } from "../charts/sparkline.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { type Column, DataTable, RowLink } from "../ui/data-table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { RowActions, SelectableKey } from "./actions.ts";
import { FilterLink, Tags } from "./filter-link.tsx";
import { KeyRowMenu } from "./key-row-menu.tsx";
import { SelectKey, SelectPage } from "./key-selection.tsx";
import { KEY_LIST, type KeyListState, nextSort } from "./list-state.ts";
import { type EntryCounts, RestrictionIcons } from "./restriction-icons.tsx";
import { EnvironmentBadge, KeyStatusLine } from "./status.tsx";
import { keysText } from "./text.ts";

const text = keysText.list;
const COLUMNS = text.columns;

/** Only what a row shows: fifty of these are sent to the browser at once. */
export interface KeyRowFacts
  extends Pick<
    Key,
    | "id"
    | "projectId"
    | "name"
    | "hint"
    | "tags"
    | "externalId"
    | "environment"
    | "status"
    | "endedBy"
    | "approval"
    | "createdAt"
    | "expiresAt"
    | "restorableUntil"
    | "lastUsedAt"
  > {
  secrets: { lapsesAt: string | null }[];
  createdByName: string;
  /** The site's policy for leaked keys when a secret that has not lapsed was found in public; else null. */
  leaked: LeakAction | null;
  /** Why the reader may not reactivate it, and who can; null when they may. */
  blocked: string | null;
  entries: EntryCounts;
  week: SparkPoint[];
}

interface KeyTableProps {
  keys: KeyRowFacts[];
  /** The server's clock, so that server and browser render the same. */
  nowMs: number;
  base: string;
  state: KeyListState;
  sort: string;
  mayChange: boolean;
  actions: RowActions;
}

/** The keys of a project. On a phone the first cell also shows what is in the hidden columns. */
export function KeyTable({ keys, nowMs, base, state, sort, mayChange, actions }: KeyTableProps) {
  const sortBy = (by: KeySort): Column<KeyRowFacts>["sort"] => ({
    href: KEY_LIST.href(base, state, { sort: nextSort(sort, by) }),
    order: sort === by ? "ascending" : sort === `-${by}` ? "descending" : undefined,
  });
  return (
    <DataTable
      bare
      phone="columns"
      label={text.table}
      rows={keys}
      rowKey={({ id }) => id}
      selection={
        mayChange
          ? {
              box: ({ id, name, status }) =>
                status === "revoked" ? null : <SelectKey id={id} name={name} />,
              pageBox: <SelectPage ids={selectableKeys(keys).map(({ id }) => id)} />,
            }
          : undefined
      }
      columns={[
        {
          label: COLUMNS.name,
          sort: sortBy("name"),
          className: "w-full max-w-0 md:min-w-44",
          value: (key) => <KeyName row={key} nowMs={nowMs} />,
        },
        {
          label: COLUMNS.environment,
          from: "md",
          value: ({ environment }) => <EnvironmentBadge environment={environment} />,
        },
        {
          label: COLUMNS.status,
          sort: sortBy("status"),
          from: "md",
          value: (key) => <KeyStatusLine keyFacts={key} nowMs={nowMs} />,
        },
        {
          label: COLUMNS.restrictions,
          from: "lg",
          value: ({ entries }) => <RestrictionIcons counts={entries} />,
        },
        {
          label: COLUMNS.created,
          sort: sortBy("createdAt"),
          from: "wide",
          className: "text-sm",
          value: ({ createdAt, createdByName }) => (
            <>
              <span className="block max-w-36 truncate">{createdByName}</span>
              <span className="text-xs text-muted">
                <RelativeTime at={createdAt} />
              </span>
            </>
          ),
        },
        {
          label: COLUMNS.week,
          from: "sm",
          value: ({ week }) => <Sparkline points={week} />,
        },
        {
          label: COLUMNS.lastUsed,
          sort: sortBy("lastUsedAt"),
          from: "md",
          className: "text-sm whitespace-nowrap",
          value: ({ lastUsedAt }) =>
            lastUsedAt ? (
              <RelativeTime at={lastUsedAt} />
            ) : (
              <span className="text-muted">{keysText.never}</span>
            ),
        },
        {
          label: COLUMNS.actions,
          hideLabel: true,
          className: "w-0 pr-3",
          value: (key) => (
            <KeyRowMenu
              subject={key}
              label={keysText.menu.label(key.name)}
              mayChange={mayChange}
              actions={actions}
            />
          ),
        },
      ]}
    />
  );
}

/** The keys that bulk actions can change. */
export function selectableKeys(keys: readonly Pick<Key, "id" | "name" | "status">[]): SelectableKey[] {
  return keys.filter(({ status }) => status !== "revoked").map(({ id, name }) => ({ id, name }));
}

/** The name, which opens the key, and below it what identifies the key. */
function KeyName({ row, nowMs }: { row: KeyRowFacts; nowMs: number }) {
  return (
    <>
      <RowLink
        href={`/projects/${row.projectId}/keys/${row.id}`}
        className={clsx("block truncate", row.status === "revoked" && "text-muted")}
      >
        {row.name}
      </RowLink>
      <span className="block truncate font-mono text-xs text-muted">{row.hint}</span>
      {row.externalId !== null || row.tags.length > 0 ? (
        // Above the link of the row.
        <span className="relative mt-1 flex w-fit max-w-full flex-wrap items-center gap-x-2 gap-y-1">
          {row.externalId === null ? null : (
            <FilterLink
              projectId={row.projectId}
              filter={{ externalId: row.externalId }}
              className="block max-w-full truncate text-xs text-muted"
            >
              {row.externalId}
            </FilterLink>
          )}
          <Tags projectId={row.projectId} tags={row.tags} max={3} />
        </span>
      ) : null}
      {row.leaked ? (
        <StatusDot tone="bad" className="text-sm">
          {text.leaked}
        </StatusDot>
      ) : null}
      <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 md:hidden">
        <KeyStatusLine keyFacts={row} nowMs={nowMs} className="text-sm" />
        <EnvironmentBadge environment={row.environment} />
        {row.lastUsedAt ? (
          <span className="text-xs text-muted">
            {COLUMNS.lastUsed} <RelativeTime at={row.lastUsedAt} />
          </span>
        ) : null}
      </span>
    </>
  );
}
