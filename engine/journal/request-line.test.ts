import fc from "fast-check";
import { expect, test } from "vitest";
import type { CheckRequest } from "#core/check.ts";
import { SECOND_MS } from "#core/time.ts";
import { generateToken } from "#core/tokens.ts";
import type { Verdict } from "#core/verdict-schema.ts";
import { allowedCheck } from "#test/journal-entry.ts";
import { DenialAggregate } from "../aggregation/aggregate-denials.ts";
import { UsageAggregate } from "../aggregation/aggregate-usage.ts";
import { compileApi } from "../cache/compile-facts.ts";
import { requestOf } from "../check/check.ts";
import { linesOf } from "./create-entry.ts";
import { readLine, writeLine } from "./entry.ts";
import { isRequestLine, readRequestLine, writeRequestLine } from "./request-line.ts";
import { LISTED_PER_SECOND, RequestSample } from "./request-sample.ts";

const text = fc.string({ unit: "binary" });
const field = fc.option(text);
const listed = fc.record({
  requestId: text,
  client: fc.record({
    clientIp: field,
    referrer: field,
    origin: field,
    androidPackage: field,
    androidCertSha1: field,
    iosBundleId: field,
  }),
});

test("a written line is one line, is read back unchanged, and is no entry for readers of earlier versions", () => {
  fc.assert(
    fc.property(listed, (request) => {
      const line = writeRequestLine(request);
      expect(line.indexOf("\n")).toBe(line.length - 1);
      expect(isRequestLine(line)).toBe(true);
      expect(readRequestLine(line.trimEnd())).toEqual(request);
      expect(readLine(line.trimEnd())).toBeNull();
    }),
  );
});

test("a truncated or foreign line is never read as a request", () => {
  const line = writeRequestLine({ requestId: "req_1", client: EMPTY }).trimEnd();
  for (let end = 0; end < line.length; end++) expect(readRequestLine(line.slice(0, end))).toBeNull();
  for (const hostile of ["{}", "[1,[]]", '["req_1",7]', "null", '["a"]', "[[],{}]"])
    expect(readRequestLine(`request\t${hostile}`), hostile).toBeNull();
});

const EMPTY = {
  clientIp: null,
  referrer: null,
  origin: null,
  androidPackage: null,
  androidCertSha1: null,
  iosBundleId: null,
};

test("a key's few requests are all listed, and of many as many as the limits say, each second", () => {
  const sample = new RequestSample();
  const chosen = (asked: number, ids: (n: number) => [string, string], atMs: number) =>
    Array.from({ length: asked }, (_, n) => sample.choose(...ids(n), atMs)).filter(Boolean).length;
  const { key, project, all } = LISTED_PER_SECOND;
  expect(chosen(5, () => ["prj_1", "key_1"], 0)).toBe(5);
  expect(chosen(100, () => ["prj_1", "key_1"], 999)).toBe(key - 5);
  expect(chosen(100, () => ["prj_1", "key_1"], SECOND_MS)).toBe(key);
  expect(chosen(1_000, (n) => ["prj_1", `key_${n}`], 2 * SECOND_MS)).toBe(project);
  // A busy project does not exclude others.
  expect(chosen(1, () => ["prj_2", "key_x"], 2 * SECOND_MS)).toBe(1);
  expect(chosen(10_000, (n) => [`prj_${n}`, `key_${n}`], 3 * SECOND_MS)).toBe(all);
  // A clock that is set back only begins another second.
  expect(chosen(100, () => ["prj_1", "key_1"], 0)).toBe(key);
});

const ALLOWED: Verdict = {
  valid: true,
  code: "VALID",
  requestId: "req_1",
  keyId: "key_1",
  secretId: "sec_1",
  projectId: "prj_1",
  name: "checkout",
  environment: "live",
  api: "badges",
  operation: null,
  metadata: {},
  description: "",
  tags: [],
  externalId: null,
  scopes: [],
  expiresAt: null,
  rotation: null,
  rateLimit: null,
  quota: null,
};

/** The result of a check of an API without operations. */
function resultOf(verdict: Verdict, more: Partial<CheckRequest> = {}): Parameters<typeof linesOf>[0] {
  const api = compileApi({
    id: "api_1",
    slug: "badges",
    scopes: [],
    operations: [],
    basePaths: [],
    pathMatching: "safe",
    allowKeyInUrl: false,
  });
  const request = requestOf({ cost: 1 }, api, "req_1");
  const secretId = verdict.valid ? verdict.secretId : "";
  return { verdict, secretId, trial: null, units: 1, check: { api, request: { ...request, ...more } } };
}

test("no token, password or query of a client is in the line", () => {
  const token = generateToken("lk", "live");
  const client = {
    ...EMPTY,
    clientIp: `10.0.0.1 ${token}`,
    referrer: `https://me:hunter2@example.com/${token}?key=${token}#${token}`,
    iosBundleId: token,
  };
  const lines = linesOf(resultOf(ALLOWED, { client, operation: token }), new RequestSample(), 1_000);
  expect(lines.split("\n")).toHaveLength(3);
  expect(lines).toContain("req_1");
  expect(lines).not.toContain(token);
  expect(lines).not.toContain("hunter2");
  expect(lines).not.toContain("?");
});

test("a request that belongs to no project is not listed", () => {
  const denied = {
    code: "KEY_NOT_FOUND",
    message: "No such key.",
    requestId: "req_1",
    observed: {},
  } as const;
  const lines = linesOf(resultOf({ valid: false, ...denied }), new RequestSample(), 1_000);
  expect(isRequestLine(lines)).toBe(false);
});

test("a line whose entry is missing or incomplete is not attributed to a later entry of another segment", () => {
  const entry = allowedCheck();
  const usage = new UsageAggregate("seg_1", new DenialAggregate());
  usage.add(writeRequestLine({ requestId: "req_1", client: EMPTY }).trimEnd());
  usage.add(writeLine(entry).slice(0, 30));
  usage.beginSegment("seg_2", 0n);
  usage.add(writeLine(entry).trimEnd());
  expect(usage.requests.rows).toEqual([]);
  usage.add(writeRequestLine({ requestId: "req_2", client: EMPTY }).trimEnd());
  // The same line as before: counted by the cache.
  usage.add(writeLine(entry).trimEnd());
  usage.add(writeLine(entry).trimEnd());
  expect(usage.requests.rows.map(([id, requestId]) => [id, requestId])).toEqual([["seg_2/2", "req_2"]]);
});
