/** The text of a form's field, trimmed; undefined where it is empty or not there. */
export function textIn(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
