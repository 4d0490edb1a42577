import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_CLIENT } from "#core/client.ts";
import { observationsOf } from "#core/observations.ts";
import { clients } from "#test/arbitraries.ts";
import { type CheckEntry, readDetails, readLine, writeLine } from "./entry.ts";

const id = fc.stringMatching(/^[a-z]{3}_[0-9A-Za-z]{22}$/);
const instant = fc.integer({ min: 1, max: 8_640_000_000_000_000 });
const facts = {
  atMs: instant,
  projectId: id,
  keyId: id,
  secretId: id,
  api: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  operation: fc.constantFrom("", "badges.sync", "get:/badges/{id}", "größe"),
  environment: fc.constantFrom("live", "test", ""),
  units: fc.nat({ max: 1_000 }),
  count: fc.integer({ min: 1, max: 100_000 }),
};
const text = fc.string({ unit: "binary" });
const details = fc.record({
  code: fc.constantFrom("IP_NOT_ALLOWED", "API_NOT_ENABLED"),
  observed: fc.dictionary(fc.stringMatching(/^[a-zA-Z]+$/), text, { noNullPrototype: true }),
  client: fc.record({
    clientIp: fc.option(text),
    referrer: fc.option(text),
    origin: fc.option(text),
    androidPackage: fc.option(text),
    androidCertSha1: fc.option(text),
    iosBundleId: fc.option(text),
  }),
});
const entries: fc.Arbitrary<CheckEntry> = fc.oneof(
  fc.record({
    ...facts,
    code: fc.constant("VALID"),
    seen: clients.map(observationsOf),
    trial: fc.option(fc.record({ since: instant, code: fc.constantFrom("VALID", "IP_NOT_ALLOWED") })),
    details: fc.option(details),
  }),
  fc.record({
    ...facts,
    code: fc.constantFrom("KEY_NOT_FOUND", "API_NOT_ENABLED"),
    seen: fc.constant(null),
    trial: fc.constant(null),
    details: fc.option(details),
  }),
);

test("a written entry is read back unchanged", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      const read = readLine(writeLine(entry).trimEnd());
      expect(read && { ...read, details: read.details === "" ? null : readDetails(read.details) }).toEqual({
        count: 1,
        ...entry,
      });
    }),
  );
});

test("a truncated line is never read as an entry", () => {
  fc.assert(
    fc.property(entries, fc.nat(), (entry, at) => {
      const line = writeLine(entry).trimEnd();
      expect(readLine(line.slice(0, at % line.length))).toBeNull();
    }),
  );
});

test("a text that is not a line is ignored without an error", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (junk) => readLine(junk) === null));
});

test("a line of a previous version is still counted, as one unit if it was allowed", () => {
  const facts = "prj_1\tkey_1\tsec_1\tbadges\tbadges.sync\tlive";
  const known = { keyId: "key_1", trial: null, details: "" };
  expect(readLine(`1\tVALID\t${facts}\t.`)).toMatchObject({ ...known, units: 1, seen: null });
  const seen = { address: "198.51.100.7", origin: "", app: "" };
  expect(readLine(`1\tVALID\t${facts}\t198.51.100.7\t\t\t\t\t\t.`)).toMatchObject({
    ...known,
    units: 1,
    seen,
  });
  expect(readLine(`1\tKEY_REVOKED\t${facts}\t\t\t\t\t\t\t.`)).toMatchObject({ ...known, units: 0 });
});

test("details written by the previous version are still read, and invalid details are null", () => {
  const details = { code: "IP_NOT_ALLOWED", observed: { clientIp: "203.0.113.9" }, client: NO_CLIENT };
  expect(readDetails(JSON.stringify(details))).toEqual(details);
  expect(readDetails("{")).toBeNull();
});
