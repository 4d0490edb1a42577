import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "./card.tsx";
import { Link } from "./link.tsx";
import { CursorPagination, type CursorPaginationProps } from "./pagination.tsx";

export interface Column<Row> {
  /** The heading. In a stacked row it precedes the value. Unique in the table. */
  label: string;
  value: (row: Row) => ReactNode;
  /** Only for screen readers, such as the heading of the buttons. */
  hideLabel?: boolean;
  /** Numbers, which are right-aligned. */
  numeric?: boolean;
  /** The column is left out on narrower screens. Stacked rows show every column. */
  from?: "sm" | "md" | "lg" | "xl" | "wide";
  className?: string;
  headingClassName?: string;
  /** For a heading that sorts: the link, and the current order by this column. */
  sort?: { href: string; order: "ascending" | "descending" | undefined };
  /** The cell in the last row. */
  total?: ReactNode;
}

export interface RowSelection<Row> {
  /** The checkbox of a row, with the class `check`; null for a row that can't be selected. */
  box: (row: Row) => ReactNode;
  /** The checkbox of all rows on the page. */
  pageBox: ReactNode;
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
  /** Rows of 36 px instead of 44. */
  dense?: boolean;
  /** Without a border, for a table inside a card. */
  bare?: boolean;
  /**
   * Below 640 px, `stacked` shows the columns of a row one below the other, so that nothing has to be scrolled
   * sideways. `columns` keeps those without `from`, for rows whose first cell shows the rest.
   */
  phone?: "stacked" | "columns";
  /** For a long table inside a card: it scrolls, and its headings and totals stay visible. */
  scrolls?: boolean;
  /** For cells of several lines. */
  alignTop?: boolean;
}

const HIDDEN = {
  sm: "max-sm:hidden",
  md: "max-md:hidden",
  lg: "max-lg:hidden",
  xl: "max-xl:hidden",
  wide: "max-wide:hidden",
};
const HIDDEN_UNLESS_STACKED = {
  sm: undefined,
  md: "max-md:hidden max-sm:block",
  lg: "max-lg:hidden max-sm:block",
  xl: "max-xl:hidden max-sm:block",
  wide: "max-wide:hidden max-sm:block",
};

/**
 * Every table of the portal. A `RowLink` in a row makes the whole row a link. Its head and its body are one tab stop each,
 * in which the arrow keys move (`watch-tables.ts`). Its styles are in globals.css.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, empty, pagination, bare } = props;
  const content = rows.length === 0 && empty ? empty : <Table {...props} />;
  if (bare) return content;
  return (
    <div className="grid gap-3">
      <Card flush>{content}</Card>
      {pagination ? <CursorPagination {...pagination} /> : null}
    </div>
  );
}

/** The box scrolls sideways instead of the page. */
function Table<Row>(props: DataTableProps<Row>) {
  const { label, dense, phone = "stacked", scrolls } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box is a region, and not a part of the outline
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={clsx(
        "focus-inset",
        scrolls
          ? "-mx-5 max-h-112 overflow-auto border-y border-border [&_tr>:first-child]:pl-5"
          : "relative min-w-0 overflow-x-auto rounded",
      )}
    >
      <table
        aria-label={label}
        data-dense={dense || undefined}
        data-stacked={phone === "stacked" || undefined}
        className="table"
      >
        <Headings {...props} />
        <Rows {...props} />
        <Totals {...props} />
      </table>
    </div>
  );
}

function Headings<Row>({ columns, selection, scrolls }: DataTableProps<Row>) {
  return (
    <thead className={clsx(scrolls && "sticky top-0 bg-surface shadow-[0_1px_0_var(--border)]")}>
      <tr>
        {selection ? (
          <th scope="col" className="w-0">
            {selection.pageBox}
          </th>
        ) : null}
        {columns.map(({ label, hideLabel, numeric, from, sort, headingClassName }) => (
          <th
            key={label}
            scope="col"
            aria-sort={sort?.order}
            className={
              clsx(numeric && "num", hideLabel && "w-0", headingClassName, from && HIDDEN[from]) || undefined
            }
          >
            <Heading label={label} hidden={hideLabel} sort={sort} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** An arrow shows the current order. */
function Heading({ label, hidden, sort }: { label: string; hidden?: boolean; sort?: Column<never>["sort"] }) {
  if (hidden) return <span className="sr-only">{label}</span>;
  if (sort === undefined) return label;
  const Arrow = sort.order === "ascending" ? ArrowUp : ArrowDown;
  return (
    <Link
      href={sort.href}
      scroll={false}
      className={clsx("inline-flex items-center gap-1 rounded hover:text-ink", sort.order && "text-ink")}
    >
      {label}
      {sort.order ? <Arrow aria-hidden className="size-3.5" /> : null}
    </Link>
  );
}

function Rows<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, selection, phone = "stacked", alignTop } = props;
  const stacked = phone === "stacked";
  return (
    <tbody>
      {rows.map((row) => (
        <tr
          key={rowKey(row)}
          data-selectable={selection ? true : undefined}
          className={alignTop ? "align-top" : undefined}
        >
          {selection ? <td>{selection.box(row)}</td> : null}
          {columns.map(({ label, value, hideLabel, numeric, from, className }, index) => (
            <td
              key={label}
              data-label={!stacked || hideLabel || index === 0 ? undefined : label}
              className={
                clsx(
                  numeric && "num",
                  className,
                  from && (stacked ? HIDDEN_UNLESS_STACKED[from] : HIDDEN[from]),
                ) || undefined
              }
            >
              {value(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Totals<Row>({ columns, phone = "stacked", scrolls }: DataTableProps<Row>) {
  if (columns.every(({ total }) => total === undefined)) return null;
  const stacked = phone === "stacked";
  return (
    <tfoot
      className={clsx(
        "font-semibold",
        scrolls && "sticky bottom-0 bg-surface shadow-[0_-1px_0_var(--border)]",
      )}
    >
      <tr>
        {columns.map(({ label, numeric, from, total }, index) =>
          index === 0 ? (
            <th key={label} scope="row" className="font-semibold!">
              {total}
            </th>
          ) : (
            <td
              key={label}
              data-label={stacked ? label : undefined}
              className={
                clsx(numeric && "num", from && (stacked ? HIDDEN_UNLESS_STACKED[from] : HIDDEN[from])) ||
                undefined
              }
            >
              {total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}

interface RowLinkProps {
  href: string;
  className?: string;
  children: ReactNode;
}

/** The name of a row, which makes the whole row a link. */
export function RowLink({ href, className, children }: RowLinkProps) {
  return (
    <Link href={href} className={clsx("row-link focus-inset rounded font-medium", className)}>
      {children}
    </Link>
  );
}

/** A name over a second line in muted text. */
export function NameCell({ name, detail, mono }: { name: ReactNode; detail: ReactNode; mono?: boolean }) {
  return (
    <>
      <div className="font-medium wrap-anywhere">{name}</div>
      <div
        className={clsx(
          "text-muted",
          // Hints and ids are short, and "…" would let them break.
          mono ? "truncate font-mono text-xs" : "text-sm wrap-anywhere",
        )}
      >
        {detail}
      </div>
    </>
  );
}
