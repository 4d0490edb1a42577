/** The selected rows of a paginated list: some by id, or all that match. */
export type Selection = { all: false; ids: ReadonlySet<string> } | { all: true };

export const NOTHING: Selection = { all: false, ids: new Set() };

export function isChosen(selection: Selection, id: string): boolean {
  return selection.all || selection.ids.has(id);
}

/** Toggles one row. If all were selected, the rest of the page stays selected, since the other rows are unknown. */
export function toggle(selection: Selection, id: string, pageIds: readonly string[]): Selection {
  const ids = new Set(selection.all ? pageIds : selection.ids);
  if (ids.has(id)) ids.delete(id);
  else ids.add(id);
  return { all: false, ids };
}

/** Selects the whole page, or deselects it if it is already selected. */
export function togglePage(selection: Selection, pageIds: readonly string[]): Selection {
  const ids = new Set(selection.all ? [] : selection.ids);
  const whole = selection.all || pageIds.every((id) => ids.has(id));
  for (const id of pageIds) {
    if (whole) ids.delete(id);
    else ids.add(id);
  }
  return { all: false, ids };
}

export function chosenCount(selection: Selection, total: number): number {
  return selection.all ? total : selection.ids.size;
}
