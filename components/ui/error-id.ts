/** The id of an error to report: the log has the details under it. */
export function errorIdText(id: string): string {
  return `Error ID: ${id}`;
}
