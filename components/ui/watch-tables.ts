import { moveInTable, positionInColumn } from "./table-moves.ts";

const TABLE = "table.table";
const SECTION = `${TABLE} > :is(thead, tbody, tfoot)`;
/** Not fields that use the arrow keys themselves: each of those stays a tab stop. */
const CONTROL = ":is(a[href], button:enabled, input[type=checkbox]:enabled, time[tabindex])";

/** What had the focus last in a head, body or foot of a table, and where it was. */
interface Stop {
  control: HTMLElement;
  /** Counted among the rows with controls. */
  row: number;
  /** Which moves between rows keep to. */
  column: number;
  rows: readonly HTMLTableRowElement[];
}

interface ControlRow {
  row: HTMLTableRowElement;
  controls: HTMLElement[];
}

/**
 * Makes the head and the body of each table one tab stop each, in which the arrow keys move ("roving tabindex"). The
 * focus is never lost: if what has it is removed, it moves to what is in its place. Returns how to stop.
 */
export function watchTables(): () => void {
  /** Of the sections that had the focus. */
  const stops = new Map<HTMLTableSectionElement, Stop>();
  /** Where the focus returns: the rows of the table that had it last, or its headings. */
  let lastSection: HTMLTableSectionElement | null = null;
  let focused: Element | null = null;
  /** Set while a move between rows must not change the column. */
  let keptColumn: number | null = null;

  const remember = (section: HTMLTableSectionElement, control: HTMLElement, column: number) => {
    makeStop(section, control);
    const rows = rowsOf(section);
    const row = rows.findIndex(({ controls }) => controls.includes(control));
    stops.set(section, { control, row, column, rows: rows.map((each) => each.row) });
  };

  const update = () => {
    for (const section of stops.keys()) if (!section.isConnected) stops.delete(section);
    for (const section of sections()) {
      const stop = stops.get(section);
      const isKept = stop && section.contains(stop.control) && isUsable(stop.control);
      const control = isKept ? stop.control : successorOf(section, stop);
      if (!control) stops.delete(section);
      else if (stop) remember(section, control, isKept ? stop.column : columnOf(control));
      else makeStop(section, control);
    }
    if (lastSection?.isConnected !== true) lastSection = null;
    // A dialog, a toolbar or a row that had the focus was removed.
    const isLost =
      focused?.isConnected === false && (document.activeElement ?? document.body) === document.body;
    if (isLost && lastSection) stops.get(lastSection)?.control.focus();
  };

  const focus = ({ target }: { target: EventTarget | null }) => {
    focused = target instanceof Element ? target : null;
    const control = controlAt(target);
    const section = control?.closest<HTMLTableSectionElement>(SECTION);
    if (!control || !section) return;
    // Tab may have gone through the headings on its way out of the rows.
    if (section.tagName === "TBODY" || lastSection?.parentElement !== section.parentElement)
      lastSection = section;
    remember(section, control, keptColumn ?? columnOf(control));
  };

  const press = (event: KeyboardEvent) => {
    const control = controlAt(event.target);
    const table = control?.closest<HTMLTableElement>(TABLE);
    if (event.defaultPrevented || !control || !table) return;
    const rows = rowsOf(table);
    const row = rows.findIndex(({ controls }) => controls.includes(control));
    const from = { row, position: rows[row]?.controls.indexOf(control) ?? 0 };
    const layout = {
      rows: rows.map(({ controls }) => controls.map(columnOf)),
      headings: rows.filter((each) => each.row.parentElement === table.tHead).length,
    };
    const section = control.closest<HTMLTableSectionElement>(SECTION);
    const column = (section && stops.get(section)?.column) ?? columnOf(control);
    const to = moveInTable(event, layout, from, column);
    const target = to && rows[to.row]?.controls[to.position];
    if (!to || !target) return;
    event.preventDefault();
    keptColumn = to.row === from.row || event.ctrlKey ? null : column;
    target.focus();
    keptColumn = null;
  };

  const stop = new AbortController();
  const options = { signal: stop.signal };
  document.addEventListener("focusin", focus, options);
  document.addEventListener("keydown", press, options);
  // Columns come and go with the width of the window.
  window.addEventListener("resize", update, options);
  const observer = new MutationObserver(update);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  update();
  // What happened before this was loaded.
  focus({ target: document.activeElement });
  return () => {
    stop.abort();
    observer.disconnect();
    for (const control of sections().flatMap(controlsOf)) control.tabIndex = 0;
  };
}

/** Whether the arrow keys lead anywhere in a table. */
export function hasMoves(table: HTMLTableElement): boolean {
  return rowsOf(table).flatMap(({ controls }) => controls).length > 1;
}

/**
 * What takes the place of a stop that is gone: what is now in its row and column. In a section that is new, or whose rows
 * were all replaced, it is what opens the first row.
 */
function successorOf(section: HTMLTableSectionElement, gone: Stop | undefined): HTMLElement | null {
  if (gone?.rows.some((row) => section.contains(row))) {
    const rows = rowsOf(section);
    const controls = rows[Math.min(gone.row, rows.length - 1)]?.controls ?? [];
    return controls[positionInColumn(controls.map(columnOf), gone.column)] ?? null;
  }
  for (const row of section.rows) {
    const controls = controlsIn(row);
    const opener = controls.find((control) => control.matches(".row-link")) ?? controls[0];
    if (opener) return opener;
  }
  return null;
}

/** Makes the control the only tab stop of its section. */
function makeStop(section: HTMLTableSectionElement, control: HTMLElement): void {
  for (const other of controlsOf(section)) {
    const tabIndex = other === control ? 0 : -1;
    if (other.tabIndex !== tabIndex) other.tabIndex = tabIndex;
  }
}

function sections(): HTMLTableSectionElement[] {
  return [...document.querySelectorAll<HTMLTableSectionElement>(SECTION)];
}

function controlAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement && target.matches(`${TABLE} ${CONTROL}`) ? target : null;
}

function controlsOf(part: HTMLElement): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(CONTROL)];
}

/** The rows that contain controls which the reader can use. */
function rowsOf({ rows }: HTMLTableElement | HTMLTableSectionElement): ControlRow[] {
  return [...rows]
    .map((row) => ({ row, controls: controlsIn(row) }))
    .filter(({ controls }) => controls.length > 0);
}

function controlsIn(row: HTMLTableRowElement): HTMLElement[] {
  return controlsOf(row).filter(isUsable);
}

function isUsable(control: HTMLElement): boolean {
  return control.matches(CONTROL) && control.checkVisibility();
}

function columnOf(control: HTMLElement): number {
  return control.closest<HTMLTableCellElement>("td, th")?.cellIndex ?? 0;
}
