import { z } from "zod";
import { type FieldError, MAX_LISTED_ERRORS, schemaErrors, shownName } from "#core/schema-errors.ts";
import { findNul, NUL_MESSAGE } from "#core/text.ts";
import { parametersOf } from "#platform/openapi/described-route.ts";
import { HttpError } from "../problem.ts";
import type { Route } from "./route.ts";

const UNKNOWN_FIELD = "is not a field of this call";

/**
 * Merges path, query and body into a verb's input and validates it with the verb's schema. Throws 400 with all errors
 * at once: unknown names, repeated parameters, and errors of the schema. A NUL character anywhere is an error.
 */
export function readInput(
  route: Route,
  params: Record<string, string>,
  query: URLSearchParams,
  body: Record<string, unknown>,
): Record<string, unknown> {
  const parameters = parametersOf(route);
  const errors: FieldError[] = [];
  const input: Record<string, unknown> = { ...params };
  const entries: [field: string, name: string, value: string][] = [];
  for (const name of new Set(query.keys())) {
    const { field, entry } = parameterOf(name);
    const schema = parameters.query.includes(field) ? route.input.shape[field] : undefined;
    if (!schema || isRecord(schema) !== (entry !== null))
      errors.push({ path: shownName(name), message: "is not a parameter of this call" });
    else if (query.getAll(name).length > 1)
      errors.push({ path: shownName(name), message: "is given more than once" });
    else if (entry === null) input[field] = fromText(schema, query.get(name) ?? "");
    else entries.push([field, entry, query.get(name) ?? ""]);
  }
  for (const [field, parts] of Map.groupBy(entries, ([field]) => field)) {
    input[field] = Object.fromEntries(parts.map(([, name, value]) => [name, value]));
  }
  for (const [name, value] of Object.entries(body)) {
    if (parameters.body.includes(name)) input[name] = value;
    else errors.push({ path: shownName(name), message: UNKNOWN_FIELD });
  }
  const nul = findNul(input);
  if (nul !== null) {
    errors.push({ path: nul.map(shownName).join("."), message: NUL_MESSAGE });
    throw invalidRequest(errors);
  }
  const parsed = route.input.safeParse(input);
  errors.push(...schemaErrors(parsed.error?.issues ?? [], UNKNOWN_FIELD));
  if (errors.length > 0) throw invalidRequest(errors);
  return input;
}

function invalidRequest(errors: FieldError[]): HttpError {
  const [first] = errors;
  const listed = errors.slice(0, MAX_LISTED_ERRORS);
  const rest = errors.length > listed.length ? ` The first ${listed.length} are listed.` : "";
  const detail =
    errors.length === 1 && first
      ? `${first.path || "The request"}: ${first.message}`
      : `The request has ${errors.length} errors.${rest}`;
  return new HttpError(400, detail, { errors: listed });
}

/** `metadata.plan` is the entry `plan` of the field `metadata`. */
function parameterOf(name: string): { field: string; entry: string | null } {
  const dot = name.indexOf(".");
  return dot < 0 ? { field: name, entry: null } : { field: name.slice(0, dot), entry: name.slice(dot + 1) };
}

function isRecord(schema: z.core.$ZodType): boolean {
  return innermost(schema) instanceof z.core.$ZodRecord;
}

/** Converts a query parameter to the type of its schema. Other text is unchanged, and the schema rejects it. */
function fromText(schema: z.core.$ZodType | undefined, text: string): unknown {
  const type = schema ? innermost(schema)._zod.def.type : "string";
  if (type === "number" && /^-?\d{1,16}(\.\d+)?$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.core.$ZodOptional || schema instanceof z.core.$ZodNullable) {
    return innermost(schema._zod.def.innerType);
  }
  if (schema instanceof z.core.$ZodDefault || schema instanceof z.core.$ZodPrefault) {
    return innermost(schema._zod.def.innerType);
  }
  if (schema instanceof z.core.$ZodPipe) {
    const { in: first, out } = schema._zod.def;
    // `z.preprocess` starts with a transformation of any input.
    return innermost(first instanceof z.core.$ZodTransform ? out : first);
  }
  return schema;
}
