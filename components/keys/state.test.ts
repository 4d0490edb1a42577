import { expect, test } from "vitest";
import { keyState } from "./state.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const DAY = 86_400_000;
const at = (days: number) => new Date(NOW + days * DAY).toISOString();
const secret = { id: "sec_1", hint: "h", createdAt: at(-9), lastUsedAt: null };
const key = { status: "active", endedBy: null, expiresAt: null, restorableUntil: null, secrets: [] } as const;

test("a key that works and ends at no time says nothing more", () => {
  expect(keyState({ ...key, secrets: [] }, NOW)).toEqual({ tone: "good", label: "Active", detail: null });
});

test("an expiry within a fortnight asks for attention, a later one does not", () => {
  expect(keyState({ ...key, secrets: [], expiresAt: at(5) }, NOW)).toMatchObject({
    tone: "attention",
    detail: "expires in 5 days",
  });
  expect(keyState({ ...key, secrets: [], expiresAt: at(15) }, NOW)).toMatchObject({
    tone: "good",
    detail: null,
  });
});

test("during a rotation the end of the overlap is said", () => {
  const secrets = [
    { ...secret, lapsesAt: null },
    { ...secret, lapsesAt: at(2 / 24) },
  ];
  expect(keyState({ ...key, secrets }, NOW).detail).toBe("overlap ends in 2 hours");
});

test("a revoked key says how long it can be brought back, and no longer than that", () => {
  expect(keyState({ ...key, secrets: [], status: "revoked", restorableUntil: at(12) }, NOW).detail).toBe(
    "restorable for 12 days",
  );
  expect(
    keyState({ ...key, secrets: [], status: "revoked", restorableUntil: at(-1) }, NOW).detail,
  ).toBeNull();
});

test("a key that others than a member ended says who did", () => {
  const revoked = { ...key, secrets: [], status: "revoked", restorableUntil: at(12) } as const;
  expect(keyState({ ...revoked, endedBy: "admin" }, NOW).detail).toBe(
    "by an administrator, restorable for 12 days",
  );
  expect(keyState({ ...revoked, endedBy: "member" }, NOW).detail).toBe("restorable for 12 days");
  const disabled = { ...key, secrets: [], status: "disabled" } as const;
  expect(keyState({ ...disabled, endedBy: "leak" }, NOW).detail).toBe("because of a leak");
  expect(keyState({ ...disabled, endedBy: "policy" }, NOW).detail).toBe("by a policy");
});
