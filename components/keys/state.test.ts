import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { keyState } from "./state.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const at = (days: number) => new Date(NOW + days * DAY_MS).toISOString();
const secret = { id: "sec_1", hint: "h", createdAt: at(-9), lastUsedAt: null };
const key = {
  status: "active",
  endedBy: null,
  approval: null,
  expiresAt: null,
  restorableUntil: null,
  secrets: [],
} as const;

test("an active key without an end shows no further text", () => {
  expect(keyState({ ...key, secrets: [] }, NOW)).toEqual({ tone: "good", label: "Active", detail: null });
});

test("an expiry within two weeks needs attention, a later one does not", () => {
  expect(keyState({ ...key, secrets: [], expiresAt: at(5) }, NOW)).toMatchObject({
    tone: "attention",
    detail: "expires in 5 days",
  });
  expect(keyState({ ...key, secrets: [], expiresAt: at(15) }, NOW)).toMatchObject({
    tone: "good",
    detail: null,
  });
});

test("during a rotation the end of the overlap is shown", () => {
  const secrets = [
    { ...secret, lapsesAt: null },
    { ...secret, lapsesAt: at(2 / 24) },
  ];
  expect(keyState({ ...key, secrets }, NOW).detail).toBe("overlap ends in 2 hours");
});

test("a revoked key shows how long it can be restored, until it can't be", () => {
  expect(keyState({ ...key, secrets: [], status: "revoked", restorableUntil: at(12) }, NOW).detail).toBe(
    "restorable for 12 days",
  );
  expect(
    keyState({ ...key, secrets: [], status: "revoked", restorableUntil: at(-1) }, NOW).detail,
  ).toBeNull();
});

test("a key that was not ended by a member shows who ended it", () => {
  const revoked = { ...key, secrets: [], status: "revoked", restorableUntil: at(12) } as const;
  expect(keyState({ ...revoked, endedBy: "admin" }, NOW).detail).toBe(
    "by an administrator, restorable for 12 days",
  );
  expect(keyState({ ...revoked, endedBy: "member" }, NOW).detail).toBe("restorable for 12 days");
  const disabled = { ...key, secrets: [], status: "disabled" } as const;
  expect(keyState({ ...disabled, endedBy: "leak" }, NOW).detail).toBe("because of a leak");
  expect(keyState({ ...disabled, endedBy: "policy" }, NOW).detail).toBe("by a policy");
  const approval = { status: "pending", at: at(-1) } as const;
  expect(keyState({ ...disabled, endedBy: "policy", approval }, NOW)).toMatchObject({
    label: "Awaiting approval",
    detail: null,
  });
});
