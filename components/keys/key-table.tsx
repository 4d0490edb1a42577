"use client";

import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { Key, KeySort } from "#domain/keys/schema.ts";
import { Sparkline, type SparkPoint } from "../charts/sparkline.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { RowActions } from "./actions.ts";
import { FilterLink, Tags } from "./filter-link.tsx";
import { KeyRowMenu } from "./key-row-menu.tsx";
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
    | "createdAt"
    | "expiresAt"
    | "restorableUntil"
    | "lastUsedAt"
  > {
  secrets: { lapsesAt: string | null }[];
  createdByName: string;
  /** The site's policy for leaked keys when a secret that has not lapsed was found in public; else null. */
  leaked: LeakAction | null;
  /** Why the reader may not bring it back, and who can; null when they may. */
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
  const column = (by: KeySort, label: string, className?: string) => (
    <SortTh
      by={by}
      sort={sort}
      hrefOf={(next) => KEY_LIST.href(base, state, { sort: next })}
      className={className}
    >
      {label}
    </SortTh>
  );
  return (
    <Table aria-label={text.table}>
      <Thead>
        <tr>
          {column("name", COLUMNS.name)}
          <Th className="max-md:hidden">{COLUMNS.environment}</Th>
          {column("status", COLUMNS.status, "max-md:hidden")}
          <Th className="max-lg:hidden">{COLUMNS.restrictions}</Th>
          {column("createdAt", COLUMNS.created, "max-xl:hidden")}
          <Th>{COLUMNS.week}</Th>
          {column("lastUsedAt", COLUMNS.lastUsed, "max-md:hidden")}
          <Th>
            <span className="sr-only">{COLUMNS.actions}</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} row={key} nowMs={nowMs}>
            <KeyRowMenu subject={key} mayChange={mayChange} actions={actions} />
          </KeyRow>
        ))}
      </tbody>
    </Table>
  );
}

/** One key; the whole row opens it. `children` is its menu. */
function KeyRow({ row, nowMs, children }: { row: KeyRowFacts; nowMs: number; children: ReactNode }) {
  return (
    <Tr interactive>
      <Td className="w-full max-w-0 md:min-w-44">
        {/* The link's target covers the row. */}
        <Link
          href={`/projects/${row.projectId}/keys/${row.id}`}
          prefetch={false}
          className={clsx(
            "block truncate font-medium after:absolute after:inset-0",
            row.status === "revoked" && "text-muted",
          )}
        >
          {row.name}
        </Link>
        <span className="block truncate font-mono text-xs text-muted">{row.hint}</span>
        {row.externalId !== null || row.tags.length > 0 ? (
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
        </span>
      </Td>
      <Td className="max-md:hidden">
        <EnvironmentBadge environment={row.environment} />
      </Td>
      <Td className="max-md:hidden">
        <KeyStatusLine keyFacts={row} nowMs={nowMs} />
      </Td>
      <Td className="max-lg:hidden">
        <RestrictionIcons counts={row.entries} />
      </Td>
      {/* Elements with a tooltip are above the row's link, so that the pointer reaches them. */}
      <Td className="text-sm max-xl:hidden">
        <span className="block max-w-36 truncate">{row.createdByName}</span>
        <span className="relative text-xs text-muted">
          <RelativeTime at={row.createdAt} />
        </span>
      </Td>
      <Td>
        <Sparkline points={row.week} className="relative" />
        {row.lastUsedAt ? (
          <span className="relative block text-xs text-muted md:hidden">
            <RelativeTime at={row.lastUsedAt} />
          </span>
        ) : null}
      </Td>
      <Td className="text-sm whitespace-nowrap max-md:hidden">
        <span className="relative">
          {row.lastUsedAt ? (
            <RelativeTime at={row.lastUsedAt} />
          ) : (
            <span className="text-muted">{keysText.never}</span>
          )}
        </span>
      </Td>
      <Td className="w-0 pr-3">
        <span className="relative">{children}</span>
      </Td>
    </Tr>
  );
}

interface SortThProps {
  by: KeySort;
  sort: string;
  hrefOf: (sort: string) => string;
  className?: string;
  children: ReactNode;
}

/** A sortable column; an arrow shows the current order. */
function SortTh({ by, sort, hrefOf, className, children }: SortThProps) {
  const sorted = sort === by ? "ascending" : sort === `-${by}` ? "descending" : undefined;
  const Arrow = sorted === "ascending" ? ArrowUp : ArrowDown;
  return (
    <Th aria-sort={sorted} className={className}>
      <Link
        href={hrefOf(nextSort(sort, by))}
        prefetch={false}
        scroll={false}
        className={clsx("inline-flex items-center gap-1 rounded hover:text-ink", sorted && "text-ink")}
      >
        {children}
        {sorted ? <Arrow aria-hidden className="size-3.5" /> : null}
      </Link>
    </Th>
  );
}
