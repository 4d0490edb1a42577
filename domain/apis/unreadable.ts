import { DomainError } from "../errors.ts";

const MAX_FAULTS = 20;

/** The refusal of what is no document at all, or none that can be read in reasonable time. */
export function unreadable(...messages: string[]): DomainError {
  return new DomainError("invalid", "This can be read neither as JSON nor as YAML.", {
    errors: messages.map((message) => ({ path: "openapi", message })),
  });
}

/** Deeper than any document that a person wrote; less than what walks over one or keeps it can bear. */
export const MAX_DEPTH = 200;

export function tooDeep(): DomainError {
  return unreadable(`It is nested more than ${MAX_DEPTH} levels deep.`);
}

/** A fault, and how far into the text it is. */
export interface TextFault {
  at: number;
  message: string;
}

/** Throws `unreadable` with the lines of the first faults, if there are any. */
export function refuseFaults(text: string, faults: readonly TextFault[]): void {
  if (faults.length === 0) return;
  throw unreadable(
    ...faults
      .slice(0, MAX_FAULTS)
      .map(({ at, message }) => `Line ${text.slice(0, at).split("\n").length}: ${message}`),
  );
}

/** The fault of a key that an object has already. */
export function twice(at: number, key: string): TextFault {
  return { at, message: `“${key.slice(0, 100)}” is there twice in one object.` };
}
