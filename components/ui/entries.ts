/** The entries of a text field that takes several: separated by spaces, commas or lines. */
export function entriesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

const SHOWN_CHARACTERS = 40;

/** An entry as an error names it. */
export function shownEntry(entry: string): string {
  const shown = [...entry];
  return `“${shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS).join("")}…` : entry}”`;
}
