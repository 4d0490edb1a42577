import { sanitize } from "#core/sanitize.ts";
import type { FieldError } from "#core/schema-errors.ts";
import { DomainError } from "../../errors.ts";

/** How many errors a response lists. */
export const MAX_ERRORS = 20;

/** Deeper than hand-written documents, and shallow enough for recursion and for storing. */
export const MAX_DEPTH = 200;

/** The error for what is not an OpenAPI document, or takes too long to parse. */
export function invalidDocument(...messages: string[]): DomainError {
  return documentError(messages.map((message) => ({ path: "openapi", message })));
}

/** The error for a document with these errors: the first ones, and how many more there are. */
export function documentError(errors: readonly FieldError[]): DomainError {
  const rest = errors.length - MAX_ERRORS;
  const listed = errors.slice(0, MAX_ERRORS);
  if (rest > 0) listed.push({ path: "openapi", message: `${rest} more errors are not listed.` });
  return new DomainError("invalid", "This is not a valid OpenAPI 3 document.", {
    errors: listed,
  });
}

/** The error for a document that is nested too deeply. */
export function tooDeep(): DomainError {
  return invalidDocument(`It is nested more than ${MAX_DEPTH} levels deep.`);
}

/** The message for a duplicate key. */
export function duplicateNameMessage(key: string): string {
  return `“${sanitize(key, 100)}” appears twice in one object.`;
}
