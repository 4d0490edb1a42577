import { expect, test } from "vitest";
import { openTestDb } from "#test/db.ts";
import { makeClock } from "#test/people.ts";
import { SigningKeys } from "./signing-keys.ts";

test("a process knows the key of another with a new secret when it sees the first token", async () => {
  const db = await openTestDb();
  const clock = makeClock();
  const options = { db, algorithm: "ES256" as const, now: clock.now };
  const [old, next] = [
    new SigningKeys({ ...options, secret: "the secret so far" }),
    new SigningKeys({ ...options, secret: "the secret from now on" }),
  ];
  await old.current();
  clock.advance(2_000);
  const { id } = await next.current();
  const find = await old.finder(id);
  await expect(find({ alg: "ES256", kid: id })).resolves.toMatchObject({ type: "public" });
});
