import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { KeySort } from "#domain/keys/schemas.ts";
import type { Key } from "#domain/keys/types.ts";
import type { KeySparklines } from "#domain/usage/types.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { cx } from "../ui/cx.ts";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { EnvironmentBadge } from "./environment.tsx";
import { nextSort } from "./list-address.ts";
import { KeyApis, KeyStatusLine } from "./status.tsx";

interface KeyTableProps {
  keys: Key[];
  sparklines: KeySparklines;
  nowMs: number;
  /** As in the URL: a column, a minus before it for falling. */
  sort: string;
  hrefOfSort: (sort: string) => string;
  menuOf: (key: Key) => ReactNode;
}

/** The keys of a project. On a phone the name's cell says what the left-out columns would. */
export function KeyTable({ keys, sparklines, nowMs, sort, hrefOfSort, menuOf }: KeyTableProps) {
  const column = (by: KeySort, label: string, className?: string) => (
    <SortTh by={by} sort={sort} hrefOf={hrefOfSort} className={className}>
      {label}
    </SortTh>
  );
  return (
    <Table aria-label="Keys">
      <Thead>
        <tr>
          {column("name", "Name")}
          <Th className="max-md:hidden">Environment</Th>
          {column("status", "Status", "max-md:hidden")}
          <Th className="max-lg:hidden">APIs</Th>
          {column("createdAt", "Created", "max-xl:hidden")}
          <Th>7 days</Th>
          {column("lastUsedAt", "Last used", "max-md:hidden")}
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            row={key}
            week={sparklines.keys[key.id]}
            days={sparklines.days.length}
            nowMs={nowMs}
            menu={menuOf(key)}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface KeyRowProps {
  row: Key;
  week: { valid: number[]; refused: number[] } | undefined;
  days: number;
  nowMs: number;
  menu: ReactNode;
}

function KeyRow({ row, week, days, nowMs, menu }: KeyRowProps) {
  const points = Array.from({ length: days }, (_, day) => ({
    valid: week?.valid[day] ?? 0,
    refused: week?.refused[day] ?? 0,
  }));
  const over = row.status === "revoked";
  return (
    <Tr interactive>
      <Td className="w-full max-w-0 md:min-w-44">
        {/* The link's target covers the row. */}
        <Link
          href={`/projects/${row.projectId}/keys/${row.id}`}
          prefetch={false}
          className={cx("block truncate font-medium after:absolute after:inset-0", over && "text-muted")}
        >
          {row.name}
        </Link>
        <span className="block truncate font-mono text-xs text-muted">{row.hint}</span>
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
        <KeyApis restrictions={row.restrictions} />
      </Td>
      <Td className="text-sm max-xl:hidden">
        <span className="block max-w-36 truncate">{row.createdBy.name}</span>
        {/* Above the row's link, so that its exact time can be pointed at. */}
        <span className="relative text-xs text-muted">
          <RelativeTime at={row.createdAt} />
        </span>
      </Td>
      <Td>
        <Sparkline points={points} className="relative" />
      </Td>
      <Td className="text-sm whitespace-nowrap max-md:hidden">
        <span className="relative">
          {row.lastUsedAt ? <RelativeTime at={row.lastUsedAt} /> : <span className="text-muted">Never</span>}
        </span>
      </Td>
      <Td className="w-0 pr-3">
        <span className="relative">{menu}</span>
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

/** A column that can be sorted by; the arrow shows on the one that is. */
function SortTh({ by, sort, hrefOf, className, children }: SortThProps) {
  const sorted = sort === by ? "ascending" : sort === `-${by}` ? "descending" : undefined;
  const Arrow = sorted === "ascending" ? ArrowUp : ArrowDown;
  return (
    <Th aria-sort={sorted} className={className}>
      <Link
        href={hrefOf(nextSort(sort, by))}
        prefetch={false}
        scroll={false}
        className={cx("inline-flex items-center gap-1 rounded hover:text-ink", sorted && "text-ink")}
      >
        {children}
        {sorted ? <Arrow aria-hidden className="size-3.5" /> : null}
      </Link>
    </Th>
  );
}
