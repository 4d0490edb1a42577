import fc from "fast-check";
import { expect, test } from "vitest";
import { type CheckEntry, readLine, writeLine } from "./entry.ts";

const id = fc.stringMatching(/^[a-z]{3}_[0-9A-Za-z]{22}$/);
const entries: fc.Arbitrary<CheckEntry> = fc.record({
  atMs: fc.integer({ min: 1, max: 8_640_000_000_000_000 }),
  code: fc.constantFrom("VALID", "KEY_NOT_FOUND", "API_NOT_ENABLED"),
  projectId: id,
  keyId: id,
  secretId: id,
  api: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  operation: fc.constantFrom("", "badges.sync", "get:/badges/{id}", "größe"),
  environment: fc.constantFrom("live", "test", ""),
});

test("what is written is read back", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      expect(readLine(writeLine(entry).trimEnd())).toEqual(entry);
    }),
  );
});

test("a line that a death cut short is never read as a shorter one", () => {
  fc.assert(
    fc.property(entries, fc.nat(), (entry, at) => {
      const line = writeLine(entry).trimEnd();
      expect(readLine(line.slice(0, at % line.length))).toBeNull();
    }),
  );
});

test("nothing that is no line is read, and nothing throws", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (junk) => readLine(junk) === null));
});
