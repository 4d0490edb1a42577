import { expect, test } from "vitest";
import { masked, mayLeave, nextSecretState, type SecretEvent, UNSEEN } from "./state.ts";

const after = (...events: SecretEvent[]) => events.reduce(nextSecretState, UNSEEN);

test("leaving before it was copied asks, and asks again after staying", () => {
  expect(after({ kind: "leave-tried" }).asking).toBe(true);
  const stayed = after({ kind: "leave-tried" }, { kind: "stayed" });
  expect(stayed.asking).toBe(false);
  expect(nextSecretState(stayed, { kind: "leave-tried" }).asking).toBe(true);
});

test("only what reached the clipboard lets one leave without a question: seeing it does not", () => {
  expect(mayLeave(after({ kind: "reveal-toggled" }))).toBe(false);
  expect(mayLeave(after({ kind: "copy-pressed", outcome: "selected" }))).toBe(false);
  expect(mayLeave(after({ kind: "copy-pressed", outcome: "refused" }))).toBe(false);
  expect(mayLeave(after({ kind: "copy-pressed", outcome: "copied" }))).toBe(true);
  expect(after({ kind: "copy-pressed", outcome: "copied" }, { kind: "leave-tried" }).asking).toBe(false);
});

test("a clipboard that refuses shows the real text, and a copy by hand counts", () => {
  const refused = after({ kind: "copy-pressed", outcome: "selected" });
  expect(refused).toMatchObject({ revealed: true, copied: false, outcome: "selected" });
  expect(mayLeave(nextSecretState(refused, { kind: "copied-by-hand" }))).toBe(true);
});

test("a masked secret tells its prefix and its length, and no character of its own", () => {
  const secret = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
  expect(masked(secret)).toBe(`lk_live_${"•".repeat(36)}`);
});
