import { formatNumber, plural } from "#core/format.ts";

// The sources of operations, which are loaded when one is chosen.

/** Operations from an OpenAPI document. */
export const documentText = {
  label: "OpenAPI document",
  hint: "OpenAPI 3.0, 3.1 or 3.2 as JSON or YAML, up to 16 MiB and 5,000 operations.",
  remove: "Remove file",
  choose: "Choose file",
  read: "Read document",
  errors: (count: number) =>
    count === 1 ? "The document can't be imported:" : `The document has ${plural(count, "error")}:`,
  noTitle: "The document has no title. Enter a name below",
  operations: (count: number) => (count === 0 ? "no operations." : `${plural(count, "operation")}.`),
  baseUrl: "Base URL: ",
  unknown: "unknown",
  basePaths: " Paths are also matched below ",
  scopes: (names: string) => `Scopes: ${names}.`,
  more: (count: number) => ` and ${formatNumber(count)} more`,
  operationsLabel: "Operations in the document",
  first: (count: number) => `The first ${plural(count, "operation")} are shown.`,
};

/** Operations that are entered by hand. */
export const byHandText = {
  none: "No operations: a key can call the whole API. Add operations if some keys may only call parts of it.",
  add: "Add operation",
  columns: ["Name", "Method", "Path", "Description", "Scopes"],
  name: (n: number) => `Name of operation ${n}`,
  method: (n: number) => `Method of operation ${n}`,
  path: (n: number) => `Path of operation ${n}`,
  summary: (n: number) => `Description of operation ${n}`,
  summaryExample: "Badges of one user",
  scopes: (n: number) => `Scopes of operation ${n}`,
  scopesHint:
    "The scopes that a request needs are separated by spaces: badges:read badges:list. For alternatives, put | between them: badges:read | badges:admin.",
  remove: (n: number) => `Remove operation ${n}`,
  anyMethod: "Any",
};
