import { parseDocument } from "yaml";
import { DomainError } from "../errors.ts";
import { OPENAPI_MAX_BYTES } from "./schemas.ts";

/** More than any document has that a person wrote; far fewer than a bomb of aliases unfolds into. */
const MAX_ALIASES = 100;
const MAX_FAULTS = 20;

/**
 * A document as an object: JSON or YAML text, or an object already. Throws `invalid` with the line of every
 * fault, and for what is too large.
 */
export function readDocument(source: string | Record<string, unknown>): Record<string, unknown> {
  const text = typeof source === "string" ? source : JSON.stringify(source);
  if (Buffer.byteLength(text) > OPENAPI_MAX_BYTES) throw unreadable("It is larger than 1 MiB.");
  const value = typeof source === "string" ? readText(source) : source;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unreadable("It must be an object with “openapi”, “info” and “paths”.");
  }
  const plain = JSON.stringify(value);
  if (plain.length > 4 * OPENAPI_MAX_BYTES) throw unreadable("Unfolded, it is larger than 4 MiB.");
  // Through JSON and back: no dates, no shared branches, nothing that the database can't keep.
  return JSON.parse(plain);
}

function readText(text: string): unknown {
  // JSON is YAML too; this reader of YAML also says where each fault is.
  const parsed = parseDocument(text, { prettyErrors: true, logLevel: "silent" });
  if (parsed.errors.length > 0) {
    throw unreadable(
      ...parsed.errors.slice(0, MAX_FAULTS).map((fault) => {
        const line = fault.linePos?.[0].line;
        const what = fault.message.split("\n")[0] ?? "";
        return line === undefined
          ? what
          : `Line ${line}: ${what.replace(/ at line \d+, column \d+:?$/, ".")}`;
      }),
    );
  }
  try {
    return parsed.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    throw unreadable("Its aliases unfold into too much.");
  }
}

function unreadable(...messages: string[]): DomainError {
  return new DomainError("invalid", "This can be read neither as JSON nor as YAML.", {
    errors: messages.map((message) => ({ path: "openapi", message })),
  });
}
