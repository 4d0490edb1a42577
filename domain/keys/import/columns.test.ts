import { expect, test } from "vitest";
import { IMPORT_FIELDS } from "#core/import-file.ts";
import { createKeySchema } from "../schema.ts";
import { importRowSchema } from "./schema.ts";

/** Objects: a column has only a text. */
const STRUCTURED = { restrictions: true, trial: true, limits: true, metadata: true } as const;

test("a column of a file can have every field of a new key that is not structured, and those of a hash", () => {
  const ofKey = Object.keys(createKeySchema.omit({ projectId: true, ...STRUCTURED }).shape);
  const ofHash = Object.keys(importRowSchema.shape.hash.unwrap().omit({ value: true }).shape);
  expect([...IMPORT_FIELDS].sort()).toEqual([...ofKey, "token", "hash", ...ofHash].sort());
});
