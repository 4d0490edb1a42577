import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import type { Ctx } from "#domain/context.ts";
import { createKey } from "#domain/keys/create.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { createKeySchema } from "#domain/keys/schema.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { attemptOnce, findAttemptResult } from "./form-attempts.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const OTHER_KEY = "fedcba9876543210fedcba9876543210";
const attempt = { form: "key", key: KEY };
const noPause = async () => {};

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  projectId = await makeProject(db, owner);
  ctx = ctxOf(db, owner, { clock });
});

const input = (name: string) => createKeySchema.parse({ projectId, name, environment: "live" });
const create = (name = "checkout", by = attempt, who = ctx) =>
  attemptOnce({ ctx: who, input: input(name) }, by, createKey, noPause);
const countKeys = async () => (await db.read.q.select().from(db.read.t.keys)).length;

/** A database whose portal dies after the change of a request is committed. */
function diesAfterCommit(): Db {
  let writes = 0;
  return {
    ...db,
    // The reservation and the change succeed; later writes fail.
    write: (work) => (++writes <= 2 ? db.write(work) : Promise.reject(new Error("killed"))),
  };
}

describe("a repeated submission", () => {
  test("gets the first result, including the secret, and creates nothing, even with a changed form", async () => {
    const first = await create();
    const again = await create("another name");
    expect(first.replayed).toBe(false);
    expect(again).toEqual({ value: first.value, replayed: true });
    expect(await countKeys()).toBe(1);
  });

  test("does not rotate twice: the first secret and its overlap stay", async () => {
    const { key } = await makeKey(ctx, projectId);
    const rotate = () =>
      attemptOnce(
        { ctx, input: { projectId, keyId: key.id, overlapSeconds: 86_400 } },
        { form: "rotation", key: KEY },
        rotateKey,
        noPause,
      );
    const first = await rotate();
    const again = await rotate();
    expect(again.value).toEqual(first.value);
    expect(again.value.key.secrets).toHaveLength(2);
  });

  test("waits while the first is still running", async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(new Set(results.map(({ value }) => value.secret)).size).toBe(1);
    expect(await countKeys()).toBe(1);
  });

  test("after a denial does what is requested, with the same key", async () => {
    const expired = { ...input("late"), expiresAt: 1 };
    await expect(attemptOnce({ ctx, input: expired }, attempt, createKey, noPause)).rejects.toMatchObject({
      code: "invalid",
    });
    expect((await create()).replayed).toBe(false);
  });

  test("of another person, form or key is a separate attempt", async () => {
    await create();
    const colleague = ctxOf(db, await makeMember(db, projectId, "developer"), { clock });
    await create("b", attempt, colleague);
    await create("c", { form: "other", key: KEY });
    await create("d", { form: "key", key: OTHER_KEY });
    expect(await countKeys()).toBe(4);
  });

  test("of someone who was removed from the project since shows no secret, nor does their dialog", async () => {
    const member = ctxOf(db, await makeMember(db, projectId, "developer"), { clock });
    await create("checkout", attempt, member);
    await db.write(({ q, t }) => q.delete(t.memberships).where(eq(t.memberships.role, "developer")));
    await expect(create("checkout", attempt, member)).rejects.toMatchObject({ code: "not-found" });
    await expect(findAttemptResult(member, attempt, noPause)).rejects.toMatchObject({ code: "not-found" });
  });

  test("with a guessable key is rejected", async () => {
    await expect(create("a", { form: "key", key: "1" })).rejects.toMatchObject({ code: "invalid" });
    await expect(create("a", { form: "key", key: "" })).rejects.toMatchObject({ code: "invalid" });
    expect(await countKeys()).toBe(0);
  });
});

describe("a result that can no longer be shown", () => {
  test("names what was created unseen and creates nothing: its 15 minutes are over", async () => {
    const { value } = await create();
    clock.advance(15 * MINUTE_MS);
    const { id, name, hint } = value.key;
    const created = { kind: "key", id, name, hint, projectId };
    await expect(create()).rejects.toMatchObject({ code: "conflict", created });
    await expect(findAttemptResult(ctx, attempt, noPause)).rejects.toMatchObject({ created });
    expect(await countKeys()).toBe(1);
    // The next attempt of anyone removes it from the database as well.
    await create("next", { form: "key", key: OTHER_KEY });
    const rows = await db.read.q.select().from(db.read.t.idempotency);
    expect(rows.filter(({ sealed }) => sealed !== null)).toHaveLength(1);
  });

  test("names it too if the portal died between the change and its response", async () => {
    const dying = { ...ctx, db: diesAfterCommit() };
    const token = { form: "management-token", key: KEY };
    const ask = (who: Ctx) =>
      attemptOnce({ ctx: who, input: { name: "deploy" } }, token, createManagementToken, noPause);
    await expect(ask(dying)).rejects.toThrow("killed");
    clock.advance(MINUTE_MS);
    await expect(ask(ctx)).rejects.toMatchObject({
      created: { kind: "managementToken", name: "deploy", hint: expect.stringMatching(/^lk_mgt_.{4}…/) },
    });
    expect(await db.read.q.select().from(db.read.t.managementTokens)).toHaveLength(1);
  });
});

describe("a dialog that is opened again", () => {
  test("gets the result of an attempt that was carried out, and nothing otherwise", async () => {
    expect(await findAttemptResult(ctx, attempt, noPause)).toBeNull();
    const { value } = await create();
    expect(await findAttemptResult(ctx, attempt, noPause)).toEqual({ value });
    const colleague = ctxOf(db, await makeMember(db, projectId, "developer"), { clock });
    expect(await findAttemptResult(colleague, attempt, noPause)).toBeNull();
  });
});

test("nothing in the database reveals a stored secret or the key that decrypts it", async () => {
  const { value } = await create();
  const rows = await dump(db);
  expect(rows).not.toContain(value.secret);
  expect(rows).not.toContain(KEY);
});
