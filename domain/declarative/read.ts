import { type FieldError, schemaErrors } from "#core/schema-errors.ts";
import { readYaml } from "../catalog/apis/read-yaml.ts";
import { DomainError } from "../errors.ts";
import { type Declaration, declarationSchema } from "./schema.ts";

/** Bytes of a file. */
export const MAX_FILE_BYTES = 8 * 1_048_576;
/** Values in it, with aliases written out: a few lines of YAML could have billions. */
const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 40;
const MAX_ERRORS = 20;

/** Parses a declaration, YAML or JSON. Throws `invalid` with where the errors are. */
export function readDeclaration(text: string): Declaration {
  const value = parse(text);
  requireBounded(value);
  const parsed = declarationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidFile(schemaErrors(parsed.error.issues, "is not a field of a declaration"));
}

function parse(text: string): unknown {
  try {
    return readYaml(text);
  } catch (error) {
    // The reader is that of OpenAPI documents.
    if (error instanceof DomainError)
      throw invalidFile(error.errors.map(({ message }) => ({ path: "", message })));
    throw error;
  }
}

function requireBounded(value: unknown): void {
  let values = 0;
  const count = (one: unknown, depth: number): void => {
    if (++values > MAX_VALUES)
      throw invalidFile([{ path: "", message: "It has more than 1,000,000 values, aliases written out." }]);
    if (depth > MAX_DEPTH)
      throw invalidFile([{ path: "", message: `It is nested more than ${MAX_DEPTH} levels deep.` }]);
    if (typeof one !== "object" || one === null) return;
    for (const each of Object.values(one)) count(each, depth + 1);
  };
  count(value, 0);
}

/** The error for a file with these errors. */
export function invalidFile(errors: FieldError[]): DomainError {
  const rest = errors.length - MAX_ERRORS;
  const shown = errors.slice(0, MAX_ERRORS);
  if (rest > 0) shown.push({ path: "", message: `${rest} more errors are not listed.` });
  return new DomainError("invalid", "The file is not valid.", { errors: shown });
}
