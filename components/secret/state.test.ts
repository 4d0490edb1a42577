import { expect, test } from "vitest";
import { INITIAL_STATE, maskSecret, mayLeave, nextSecretState, type SecretEvent } from "./state.ts";

const after = (...events: SecretEvent[]) => events.reduce(nextSecretState, INITIAL_STATE);

test("leaving before copying asks, and asks again after cancelling", () => {
  expect(after({ kind: "leave-requested" }).confirming).toBe(true);
  const canceled = after({ kind: "leave-requested" }, { kind: "discard-canceled" });
  expect(canceled.confirming).toBe(false);
  expect(nextSecretState(canceled, { kind: "leave-requested" }).confirming).toBe(true);
});

test("only copying allows leaving without a question: showing does not", () => {
  expect(mayLeave(after({ kind: "reveal-toggled" }))).toBe(false);
  expect(mayLeave(after({ kind: "copy-pressed", outcome: "selected" }))).toBe(false);
  expect(mayLeave(after({ kind: "copy-pressed", outcome: "blocked" }))).toBe(false);
  expect(mayLeave(after({ kind: "copy-pressed", outcome: "copied" }))).toBe(true);
  expect(after({ kind: "copy-pressed", outcome: "copied" }, { kind: "leave-requested" }).confirming).toBe(
    false,
  );
});

test("without clipboard access the real text is shown, and a manual copy counts", () => {
  const failed = after({ kind: "copy-pressed", outcome: "selected" });
  expect(failed).toMatchObject({ revealed: true, copied: false, outcome: "selected" });
  expect(mayLeave(nextSecretState(failed, { kind: "copied-manually" }))).toBe(true);
});

test("a masked secret shows its prefix and its length, but none of its random characters", () => {
  const secret = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
  expect(maskSecret(secret)).toBe(`lk_live_${"•".repeat(36)}`);
});
