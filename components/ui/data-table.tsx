import { clsx } from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "./card.tsx";
import { CursorPagination, type CursorPaginationProps } from "./pagination.tsx";
import { Table, Td, Th, Thead, Tr } from "./table.tsx";

export interface Column<Row> {
  /** The heading. On a phone it stands before the value. */
  label: string;
  value: (row: Row) => ReactNode;
  /** Only for screen readers, such as the heading of the buttons. */
  hideLabel?: boolean;
  /** Figures, which line up at the right. */
  numeric?: boolean;
  /** The column is left out on screens narrower than this, except on a phone, which shows every column. */
  from?: "lg" | "xl";
  className?: string;
}

export interface RowSelection<Row> {
  isSelected: (row: Row) => boolean;
  onToggle: (row: Row) => void;
  onTogglePage: () => void;
  /** Names the checkbox of a row and the one of the page. */
  rowLabel: (row: Row) => string;
  pageLabel: string;
}

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  /** The first column names the row. */
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Shown instead of a table without rows. */
  empty?: ReactNode;
  selection?: RowSelection<Row>;
  /** For a list that comes in pages. */
  pagination?: CursorPaginationProps;
  dense?: boolean;
  /** Without a border, for a table inside a card. */
  bare?: boolean;
}

const FROM = {
  heading: { lg: "max-lg:hidden", xl: "max-xl:hidden" },
  value: { lg: "max-lg:hidden max-sm:flex", xl: "max-xl:hidden max-sm:flex" },
};

/**
 * The table of every list. Below 640 px each row becomes a block that shows the columns one below the other, so that
 * nothing has to be scrolled sideways. A `RowLink` in a row makes all of the row a link.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, empty, pagination, bare } = props;
  const content = rows.length === 0 && empty ? empty : <Rows {...props} />;
  if (bare) return content;
  return (
    <div className="grid gap-3">
      <Card flush>{content}</Card>
      {pagination ? <CursorPagination {...pagination} /> : null}
    </div>
  );
}

function Rows<Row>({ label, columns, rows, rowKey, selection, dense }: DataTableProps<Row>) {
  return (
    <Table aria-label={label} dense={dense} stacked>
      <Thead>
        <tr>
          {selection ? (
            <Th className="w-0">
              <input
                type="checkbox"
                className="check"
                aria-label={selection.pageLabel}
                checked={rows.length > 0 && rows.every(selection.isSelected)}
                onChange={selection.onTogglePage}
              />
            </Th>
          ) : null}
          {columns.map(({ label: heading, hideLabel, numeric, from }) => (
            <Th
              key={heading}
              numeric={numeric}
              className={clsx(hideLabel && "w-0", from && FROM.heading[from])}
            >
              {hideLabel ? <span className="sr-only">{heading}</span> : heading}
            </Th>
          ))}
        </tr>
      </Thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={rowKey(row)} data-selectable={selection ? true : undefined}>
            {selection ? (
              <Td>
                <input
                  type="checkbox"
                  className="check"
                  aria-label={selection.rowLabel(row)}
                  checked={selection.isSelected(row)}
                  onChange={() => selection.onToggle(row)}
                />
              </Td>
            ) : null}
            {columns.map(({ label: heading, value, hideLabel, numeric, from, className }, index) => (
              <Td
                key={heading}
                numeric={numeric}
                data-label={hideLabel || index === 0 ? undefined : heading}
                className={clsx(className, from && FROM.value[from])}
              >
                {value(row)}
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The name of a row, which makes the whole row a link. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="row-link focus-inset rounded font-medium">
      {children}
    </Link>
  );
}

/** A name over a second line in muted text. */
export function NameCell({ name, detail, mono }: { name: ReactNode; detail: ReactNode; mono?: boolean }) {
  return (
    <>
      <div className="font-medium wrap-anywhere">{name}</div>
      <div className={clsx("text-sm wrap-anywhere text-muted", mono && "font-mono text-xs")}>{detail}</div>
    </>
  );
}
