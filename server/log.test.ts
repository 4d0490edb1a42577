import { expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { describeError, scrub } from "./log.ts";

test("no token gets into the log, of whatever kind", () => {
  for (const kind of ["live", "test", "svc", "mgt"] as const) {
    const token = generateToken("acme", kind);
    const logged = scrub(`no such key ${token}.`);
    expect(logged).not.toContain(token.slice(-36));
    expect(logged).toBe(`no such key acme_${kind}_[redacted].`);
  }
});

test("an error is logged with its causes but without a failed query's values", () => {
  const cause = Object.assign(new Error("duplicate"), { code: "23505", detail: "Key (email)=(a@b.c)" });
  const error = new Error("Failed query: insert into users\nparams: ada@example.com,argon2", { cause });
  const logged = JSON.stringify(describeError(error));
  expect(logged).toContain("duplicate");
  expect(logged).toContain("23505");
  expect(logged).not.toContain("ada@example.com");
  expect(logged).not.toContain("a@b.c");
});

test("a database's password gets into no log", () => {
  expect(scrub("connect to postgres://latchkey:hunter2@db:5432/latchkey failed")).toBe(
    "connect to postgres://latchkey:[redacted]@db:5432/latchkey failed",
  );
});
