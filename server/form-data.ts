/** The trimmed text of a form field; undefined if empty or missing. */
export function formText(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
