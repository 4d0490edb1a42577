import "server-only";
import type { z } from "zod";
import { type FieldError, MAX_LISTED_ERRORS, schemaErrors, shownName } from "#core/schema-errors.ts";
import { findNul, NUL_MESSAGE } from "#core/text.ts";
import { HttpError } from "./problem.ts";

/** Parses what a page sent. Throws 400 with the place of each error, of which a NUL character is one. */
export function parsePageInput<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const input = schema.safeParse(sent);
  if (!input.success) throw unreadable(schemaErrors(input.error.issues, "is not a field of this request"));
  const nul = findNul(input.data);
  if (nul !== null) throw unreadable([{ path: nul.map(shownName).join("."), message: NUL_MESSAGE }]);
  return input.data;
}

function unreadable(errors: FieldError[]): HttpError {
  const detail = errors[0]?.message ?? "The request is malformed.";
  return new HttpError(400, detail, { errors: errors.slice(0, MAX_LISTED_ERRORS) });
}
