import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import { ScimError } from "./errors.ts";
import { plainPath } from "./filter.ts";

/** An operation of a PATCH (RFC 7644, 3.5.2). `path` is in lower case, except for a filter in it; null for none. */
export interface PatchOperation {
  op: "add" | "replace" | "remove";
  path: string | null;
  value: unknown;
}

const MAX_OPERATIONS = 1_000;

// Entra ID writes the operations with capitals.
const patchSchema = z.looseObject({
  Operations: z
    .array(
      z.looseObject({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(["add", "replace", "remove"])),
        path: z.string().max(1_000).nullish(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(MAX_OPERATIONS),
});

/** Reads the operations of a PATCH. Throws 400 `invalidSyntax`. */
export function readPatchOperations(body: Record<string, unknown>): PatchOperation[] {
  const parsed = patchSchema.safeParse(body);
  if (!parsed.success) {
    throw new ScimError(
      400,
      `Operations must be a list of 1 to ${formatNumber(MAX_OPERATIONS)} objects with op add, replace or remove, and path or value.`,
      "invalidSyntax",
    );
  }
  return parsed.data.Operations.map(({ op, path, value }) => ({
    op,
    path: path ? pathOf(path) : null,
    value,
  }));
}

/** The path with the attributes in lower case. Ids in a filter keep their case. */
function pathOf(path: string): string {
  const open = path.indexOf("[");
  const close = path.lastIndexOf("]");
  if (open < 0) return plainPath(path);
  if (close < open) throw new ScimError(400, "The path has an unclosed filter.", "invalidPath");
  const attribute = plainPath(path.slice(0, open));
  return `${attribute}${path.slice(open, close + 1)}${path.slice(close + 1).toLowerCase()}`;
}
