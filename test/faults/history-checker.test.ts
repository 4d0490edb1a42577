import { describe, expect, test } from "vitest";
import {
  type Answer,
  type Change,
  findExcess,
  findMiscounts,
  findViolations,
  type History,
} from "./history-checker.ts";

const created: Change = { subject: "s", code: "VALID", requestedAt: 0, acknowledgedAt: 10 };
const revoked: Change = { subject: "s", code: "KEY_REVOKED", requestedAt: 5_000, acknowledgedAt: 5_100 };

function answer(code: string | null, at: number, more: Partial<Answer> = {}): Answer {
  const contentType = code === null ? "application/problem+json" : "application/json";
  const status = code === null ? 503 : 200;
  return {
    verifier: "a",
    subject: "s",
    startedAt: at,
    endedAt: at + 5,
    status,
    contentType,
    code,
    ...more,
  };
}

const EMPTY_HISTORY: History = {
  changes: [],
  answers: [],
  disconnections: [],
  outages: [],
  limited: [],
  uncertain: [],
  staleMaxMs: 2_000,
};

function check(answers: Answer[], more: Partial<History> = {}): number {
  return findViolations({ ...EMPTY_HISTORY, changes: [created, revoked], answers, ...more }).length;
}

describe("a verdict", () => {
  test("may be the old one until the time limit, and no longer", () => {
    expect(check([answer("VALID", 6_100)])).toBe(0);
    expect(check([answer("VALID", 6_101)])).toBe(1);
  });

  test("requested before the time limit may not arrive long after it", () => {
    expect(check([answer("VALID", 6_000, { endedAt: 7_101 })])).toBe(1);
  });

  test("may be the new one from the moment the change is requested, and not before", () => {
    expect(check([answer("KEY_REVOKED", 4_996)])).toBe(0);
    expect(check([answer("KEY_REVOKED", 4_990)])).toBe(1);
  });

  test("must be explained by a change", () => {
    expect(check([answer("KEY_DISABLED", 6_000)])).toBe(1);
    expect(check([answer("KEY_NOT_FOUND", 100)])).toBe(1);
  });

  test("may be either one while the outcome of a change is unknown", () => {
    const unknown = { ...revoked, acknowledgedAt: null };
    const back: Change = { subject: "s", code: "VALID", requestedAt: 9_000, acknowledgedAt: 9_010 };
    const both = [answer("VALID", 8_000), answer("KEY_REVOKED", 8_000)];
    expect(check(both, { changes: [created, unknown] })).toBe(0);
    expect(check([answer("KEY_REVOKED", 10_011)], { changes: [created, unknown, back] })).toBe(1);
  });

  test("may be older if that verifier has lost its database, for as long as the setting allows", () => {
    const disconnections = [{ verifier: "a", from: 5_050, to: Number.POSITIVE_INFINITY }];
    expect(check([answer("VALID", 7_050)], { disconnections })).toBe(0);
    expect(check([answer("VALID", 7_051)], { disconnections })).toBe(1);
    expect(check([answer("VALID", 7_000, { verifier: "b" })], { disconnections })).toBe(1);
  });

  test("must be at most one second old again once the database is back", () => {
    const disconnections = [{ from: 5_050, to: 5_500 }];
    expect(check([answer("VALID", 6_500)], { disconnections })).toBe(0);
    expect(check([answer("VALID", 6_501)], { disconnections })).toBe(1);
    expect(check([answer("VALID", 6_101)], { disconnections: [{ from: 2_000, to: 3_000 }] })).toBe(1);
  });
});

describe("a limit", () => {
  const limited = [{ subject: "s", limit: 2, windowMs: 1_000 }];
  const excess = (times: number[], more: Partial<History> = {}) =>
    findExcess({ ...EMPTY_HISTORY, limited, answers: times.map((at) => answer("VALID", at)), ...more })
      .length;

  test("holds in every interval as long as its window", () => {
    expect(excess([0, 900, 1_000, 1_900, 2_000])).toBe(0);
    expect(excess([0, 500, 900, 2_000])).toBe(1);
    expect(excess([0, 900, 1_000, 1_800])).toBe(1);
  });

  test("may be granted twice while it is counted in two places", () => {
    const uncertain = [{ from: 300, to: 400 }];
    expect(excess([0, 100, 200, 300], { uncertain })).toBe(0);
    expect(excess([0, 100, 200, 300, 400], { uncertain })).toBe(1);
    expect(excess([500, 600, 700], { uncertain })).toBe(1);
  });

  test("may deny only the keys that have one", () => {
    expect(check([answer("RATE_LIMITED", 100)], { limited })).toBe(0);
    expect(check([answer("RATE_LIMITED", 100)])).toBe(1);
    expect(check([answer("RATE_LIMITED", 7_000)], { limited })).toBe(1);
  });
});

describe("a response without a verdict", () => {
  const outages = [{ verifier: "a", from: 1_000, to: 2_000 }];

  test("is allowed as a 503 problem, from a verifier and at a time with an outage", () => {
    expect(check([answer(null, 1_500)], { outages })).toBe(0);
    expect(check([answer(null, 2_001)], { outages })).toBe(1);
    expect(check([answer(null, 900)], { outages })).toBe(1);
    expect(check([answer(null, 1_500, { verifier: "b" })], { outages })).toBe(1);
  });

  test("may be allowed for some secrets only", () => {
    const some = outages.map((outage) => ({ ...outage, subjects: (subject: string) => subject !== "s" }));
    expect(check([answer(null, 1_500)], { outages: some })).toBe(1);
    expect(check([answer(null, 1_500, { subject: "other" })], { outages: some })).toBe(0);
  });

  test("is never anything other than a 503 problem", () => {
    expect(check([answer(null, 1_500, { status: 500 })], { outages })).toBe(1);
    expect(check([answer(null, 1_500, { status: 502 })], { outages })).toBe(1);
    expect(check([answer(null, 1_500, { contentType: "text/html" })], { outages })).toBe(1);
  });
});

describe("the counts", () => {
  const answered = new Map([
    ["k VALID", 10],
    ["k KEY_REVOKED", 3],
  ]);

  test("are correct when each response is counted once", () => {
    expect(findMiscounts(answered, new Map(answered), 0)).toEqual([]);
  });

  test("are wrong when a response is missing, counted twice or counted under another code", () => {
    expect(findMiscounts(answered, new Map([...answered, ["k VALID", 9]]), 5)).toHaveLength(1);
    expect(findMiscounts(answered, new Map([...answered, ["k VALID", 11]]), 0)).toHaveLength(1);
    const other = new Map([...answered, ["k VALID", 9], ["k KEY_DISABLED", 1]]);
    expect(findMiscounts(answered, other, 0)).toHaveLength(2);
  });

  test("may include requests that were cut off before their response, and nothing else", () => {
    expect(findMiscounts(answered, new Map([...answered, ["k VALID", 12]]), 2)).toEqual([]);
    expect(findMiscounts(answered, new Map([...answered, ["k VALID", 12]]), 1)).toHaveLength(1);
  });
});
