import { z } from "zod";
import { sanitize } from "#core/sanitize.ts";
import type { FieldError } from "#domain/errors.ts";
import { HttpError } from "../problem.ts";
import { placesOf, type Route } from "./route.ts";

/**
 * Puts path, query and body together into a verb's input and holds it against the verb's own schema. Throws
 * 400 with every fault at once: unknown names, repeated parameters, and what the schema refuses.
 */
export function readInput(
  route: Route,
  params: Record<string, string>,
  query: URLSearchParams,
  body: Record<string, unknown>,
): Record<string, unknown> {
  const places = placesOf(route);
  const faults: FieldError[] = [];
  const input: Record<string, unknown> = { ...params };
  for (const name of new Set(query.keys())) {
    if (!places.query.includes(name))
      faults.push({ path: named(name), message: "is not a parameter of this call" });
    else if (query.getAll(name).length > 1)
      faults.push({ path: named(name), message: "is given more than once" });
    else input[name] = fromText(route.input.shape[name], query.get(name) ?? "");
  }
  for (const [name, value] of Object.entries(body)) {
    if (places.body.includes(name)) input[name] = value;
    else faults.push({ path: named(name), message: "is not a field of this call" });
  }
  const parsed = route.input.safeParse(input);
  for (const issue of parsed.error?.issues ?? []) faults.push(...faultsOf(issue));
  if (faults.length > 0) {
    const [first] = faults;
    const detail =
      faults.length === 1 && first
        ? `${first.path || "The request"}: ${first.message}`
        : `The request has ${faults.length} faults.`;
    throw new HttpError(400, detail, { errors: faults });
  }
  return input;
}

/** A name that came from outside, as it may be repeated: somebody put a secret where a name belongs. */
const named = (name: string) => sanitize(name, 64);

function faultsOf(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, named(key)].join("."),
      message: "is not a field of this call",
    }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

/** A query parameter in the type that its schema takes. What is no such thing stays text, and is refused. */
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
  if (schema instanceof z.core.$ZodPipe) return innermost(schema._zod.def.in);
  return schema;
}
