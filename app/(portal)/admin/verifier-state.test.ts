import { expect, test } from "vitest";
import { lagText, verifierState } from "./verifier-state.ts";

const now = Date.UTC(2026, 10, 23, 12);
const verifier = {
  id: "ver_1",
  kind: "verifier" as const,
  serviceToken: null,
  address: "http://localhost:3001",
  version: "1",
  startedAt: new Date(now - 60_000).toISOString(),
  lastSeenAt: new Date(now - 1_000).toISOString(),
  behind: 0,
  behindMs: 0,
};

test("a verifier is behind when it lags longer than a second, else it is up to date", () => {
  expect(verifierState(verifier, now).word).toBe("Up to date");
  expect(verifierState({ ...verifier, behind: 1, behindMs: 900 }, now).word).toBe("Up to date");
  expect(verifierState({ ...verifier, behind: 1, behindMs: 1_001 }, now).word).toBe("Behind");
});

test("a verifier without a recent heartbeat is not responding, even if it was up to date", () => {
  expect(verifierState(verifier, now + 30_000).word).toBe("Not responding");
});

test("the lag is shown in changes and seconds", () => {
  expect(lagText({ behind: 0, behindMs: 0 })).toBeNull();
  expect(lagText({ behind: 1, behindMs: 1_240 })).toBe("1 change, 1.2 s");
});
