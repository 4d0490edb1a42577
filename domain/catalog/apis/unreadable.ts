import { DomainError, type FieldError } from "../../errors.ts";

/** Faults that one answer lists. */
export const MAX_FAULTS = 20;

/** Deeper than any document that a person wrote; less than what walks over one or stores it can bear. */
export const MAX_DEPTH = 200;

/** The refusal of what is no OpenAPI document at all, or none that can be read in reasonable time. */
export function unreadable(...messages: string[]): DomainError {
  return refused(messages.map((message) => ({ path: "openapi", message })));
}

/** The refusal of a document with these faults: the first of them, and how many more there are. */
export function refused(errors: readonly FieldError[]): DomainError {
  const rest = errors.length - MAX_FAULTS;
  const listed = errors.slice(0, MAX_FAULTS);
  if (rest > 0) listed.push({ path: "openapi", message: `${rest} more faults are not listed.` });
  return new DomainError("invalid", "This is not an OpenAPI 3 document that can be read.", {
    errors: listed,
  });
}

export function tooDeep(): DomainError {
  return unreadable(`It is nested more than ${MAX_DEPTH} levels deep.`);
}

/** What is said of a key that its object has already. */
export function twice(key: string): string {
  return `“${key.slice(0, 100)}” is there twice in one object.`;
}
