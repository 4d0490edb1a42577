import { expect, test } from "vitest";
import { IMPORT_FIELDS } from "./schema.ts";

test("a column of a file can have every field of a new key that is no object, and those of a hash", () => {
  expect(IMPORT_FIELDS).toEqual(
    expect.arrayContaining(["name", "environment", "expiresAt", "description", "tags", "externalId"]),
  );
  expect(IMPORT_FIELDS).toEqual(expect.arrayContaining(["token", "hash", "algorithm", "encoding", "lookup"]));
  for (const other of ["projectId", "restrictions", "trial", "limits", "metadata", "value"])
    expect(IMPORT_FIELDS).not.toContain(other);
});
