import { expect, test } from "vitest";
import { IMPORT_FIELDS } from "#core/import-file.ts";
import { createKeySchema } from "../schema.ts";
import { importRowSchema } from "./schema.ts";

/** These have fields or entries of their own, so no column has all of one. */
const STRUCTURED = { restrictions: true, trial: true, limits: true, metadata: true } as const;

test("a column of a file can have every field of a new key that is not structured, and those of a hash", () => {
  const ofKey = Object.keys(createKeySchema.omit({ projectId: true, ...STRUCTURED }).shape);
  const ofHash = Object.keys(importRowSchema.shape.hash.unwrap().omit({ value: true }).shape);
  expect([...IMPORT_FIELDS].sort()).toEqual([...ofKey, "token", "hash", ...ofHash].sort());
});
