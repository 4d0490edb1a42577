import { describe, expect, test } from "vitest";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeClock, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { createFirstAdmin, createFirstAdminLink } from "./first-admin.ts";
import { changePassword } from "./password.ts";
import { signUp } from "./sign-up.ts";
import { createUser } from "./users.ts";
import { requireStrongPassword } from "./weak-password.ts";

const ADA = { email: "ada.lovelace@analytical.example", name: "Ada Lovelace" };
const check = (password: string) => requireStrongPassword({ settings: TEST_SETTINGS }, password, ADA);

describe("a commonly guessed password is rejected, with the reason", () => {
  test.each([
    "password123",
    "Password123",
    "PASSWORD123!",
    "1234567890",
    "12345678901",
    "qwertyuiop",
    "Qwertyuiop1!",
    "1q2w3e4r5t",
    "iloveyou2024",
    "P@ssw0rd2026",
    "  password123  ",
    "pass-word-123",
    "ｐａｓｓｗｏｒｄ１２３",
    "administrator",
    "football2026",
  ])("common: %s", (password) =>
    expect(check(password)).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "password", message: expect.stringMatching(/This is a common one/) }],
    }),
  );

  test.each([
    "latchkey123",
    "Latchkey2026!",
    "l4tchk3y123",
    "latchkeylatchkey",
    "ada.lovelace@analytical.example",
    "Ada Lovelace",
    "ada.lovelace1",
    "lovelace2026",
    "analytical#1",
    "example-keys-1",
  ])("contains words of the account or the portal: %s", (password) =>
    expect(check(password)).rejects.toMatchObject({
      errors: [{ path: "password", message: expect.stringMatching(/your name, your email address/) }],
    }),
  );

  test.each(["aaaaaaaaaaaa", "abcabcabcabc", "12341234123412", "abcdefghijkl", "9876543210", "😀😀😀😀😀😀"])(
    "a pattern: %s",
    (password) =>
      expect(check(password)).rejects.toMatchObject({
        errors: [{ path: "password", message: expect.stringMatching(/repeated pattern or a sequence/) }],
      }),
  );
});

test.each([
  "correct horse battery",
  "a long enough password",
  "the latchkey under the third flowerpot",
  "Vb7#kq2!mZx9",
  "x7391846205937",
  "schöne grüße aus köln",
  "пароль для портала",
])("a password that is rarely guessed is accepted: %s", (password) =>
  expect(check(password)).resolves.toBeUndefined(),
);

test("no way of setting a password accepts a common one", async () => {
  const db = await openTestDb();
  const clock = makeClock();
  const system = ctxOf(db, { kind: "system" }, { clock });
  const visitor = ctxOf(
    db,
    { kind: "visitor", ipAddress: null },
    { clock, settings: { ...TEST_SETTINGS, signUp: { kind: "open" } } },
  );
  const link = new URL((await createFirstAdminLink({ ctx: system })) ?? "");
  const account = { ...ADA, password: "password123" };
  const token = link.searchParams.get("token") ?? "";
  const user = await makeUser(db);
  const good = await createUser({
    ctx: system,
    input: { ...ADA, email: "other@example.com", siteRole: "developer", password: "a long enough password" },
  });
  const self = ctxOf(db, { ...user, userId: good.id }, { clock });
  const attempts = [
    createFirstAdmin({ ctx: visitor, input: { ...account, token } }),
    signUp({ ctx: visitor, input: account }),
    createUser({ ctx: system, input: { ...account, siteRole: "admin" } }),
    changePassword({ ctx: self, input: { current: "a long enough password", password: "password123" } }),
  ];
  for (const outcome of await Promise.allSettled(attempts)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { errors: [{ path: "password" }] } });
  }
});
