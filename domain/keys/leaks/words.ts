/** Where something was found: the first place, and how many there are in total. Empty if unknown. */
export function placesText(url: string, places: number): string {
  const others = places - 1;
  const more = others > 0 ? ` and at ${others} other place${others === 1 ? "" : "s"}` : "";
  if (url !== "") return `Found at ${url}${more}.`;
  return places > 1 ? `Found at ${places} places.` : "";
}
