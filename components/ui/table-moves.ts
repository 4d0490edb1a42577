/** A key press, as far as moves in a table depend on it. */
export type TablePress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The links, buttons and checkboxes of a table, by row. A row without any does not count. */
interface TableLayout {
  /** The index of the cell that each control is in. */
  rows: readonly (readonly number[])[];
  /** How many of the rows are headings. */
  headings: number;
}

/** The place of a control: its row, and its position among the controls of the row. */
interface TablePlace {
  row: number;
  position: number;
}

const PAGE_ROWS = 10;

/**
 * Where a key press moves the focus to, after the grid pattern of the ARIA Authoring Practices; null if it moves nothing.
 * `column`: the cell index that moves between rows keep to, even across rows that have nothing there.
 */
export function moveInTable(
  press: TablePress,
  layout: TableLayout,
  from: TablePlace,
  column: number,
): TablePlace | null {
  const to = targetOf(press, layout, from, column);
  return to === null || (to.row === from.row && to.position === from.position) ? null : to;
}

function targetOf(
  { key, ctrlKey, metaKey, altKey, shiftKey }: TablePress,
  { rows, headings }: TableLayout,
  { row, position }: TablePlace,
  column: number,
): TablePlace | null {
  if (metaKey || altKey || shiftKey) return null;
  const last = (of: number) => (rows[of]?.length ?? 1) - 1;
  const toRow = (wanted: number): TablePlace => {
    const next = Math.max(0, Math.min(wanted, rows.length - 1));
    return { row: next, position: positionInColumn(rows[next] ?? [], column) };
  };
  if (ctrlKey) {
    const end = rows.length - 1;
    if (key === "Home") return { row: Math.min(headings, end), position: 0 };
    return key === "End" ? { row: end, position: last(end) } : null;
  }
  switch (key) {
    case "ArrowUp":
      return toRow(row - 1);
    case "ArrowDown":
      return toRow(row + 1);
    case "ArrowLeft":
      return { row, position: Math.max(0, position - 1) };
    case "ArrowRight":
      return { row, position: Math.min(last(row), position + 1) };
    case "Home":
      return { row, position: 0 };
    case "End":
      return { row, position: last(row) };
    case "PageUp":
      return toRow(Math.max(Math.min(row, headings), row - PAGE_ROWS));
    case "PageDown":
      return toRow(row + PAGE_ROWS);
    default:
      return null;
  }
}

/** The first control in the column. Without one there, the first of the nearest column before it, or of the row. */
export function positionInColumn(cells: readonly number[], column: number): number {
  const nearest = cells.findLast((cell) => cell <= column);
  return nearest === undefined ? 0 : cells.indexOf(nearest);
}
