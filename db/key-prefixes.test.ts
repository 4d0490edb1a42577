import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import type { Ctx, UserActor } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeProject, makeServiceToken } from "#test/people.ts";
import { requireKeyPrefix, unacceptedPrefix } from "./key-prefixes.ts";
import type { Db } from "./open.ts";

const ACME = { keyPrefix: "acme", formerKeyPrefixes: [] };

let db: Db;
let admin: UserActor;
let ctx: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  admin = await makeAdmin(db);
  ctx = ctxOf(db, admin);
});

test("an empty database accepts every prefix", async () => {
  expect(await unacceptedPrefix(db, ACME)).toBeNull();
});

test("a key with another prefix is found, unless that is a former prefix", async () => {
  await makeKey(ctx, await makeProject(db, admin));
  expect(await unacceptedPrefix(db, { keyPrefix: "lk", formerKeyPrefixes: [] })).toBeNull();
  expect(await unacceptedPrefix(db, { keyPrefix: "acme", formerKeyPrefixes: ["lk"] })).toBeNull();
  await expect(requireKeyPrefix(db, ACME)).rejects.toThrow(
    "LATCHKEY_KEY_PREFIX: is acme, but tokens in use start with lk_ and would be denied; set it to lk, or add lk to LATCHKEY_FORMER_KEY_PREFIXES",
  );
  // `l` and `lkx` are other prefixes, not parts of this one.
  for (const keyPrefix of ["l1", "lkx"]) {
    expect(await unacceptedPrefix(db, { keyPrefix, formerKeyPrefixes: [] })).toBe("lk");
  }
});

test("revoked keys and secrets whose overlap is over don't count", async () => {
  const projectId = await makeProject(db, admin);
  const { key } = await makeKey(ctx, projectId);
  const { secrets, keys } = db.read.t;
  await db.write((tx) => tx.q.update(secrets).set({ overlapEndsAt: Date.now() + 60_000 }));
  expect(await unacceptedPrefix(db, ACME)).toBe("lk");
  await db.write((tx) => tx.q.update(secrets).set({ overlapEndsAt: Date.now() - 1 }));
  expect(await unacceptedPrefix(db, ACME)).toBeNull();
  await db.write((tx) => tx.q.update(secrets).set({ overlapEndsAt: null }));
  await db.write((tx) => tx.q.update(keys).set({ revokedAt: Date.now() }).where(eq(keys.id, key.id)));
  expect(await unacceptedPrefix(db, ACME)).toBeNull();
});

test("service tokens and management tokens count until they are revoked", async () => {
  await makeServiceToken(db);
  expect(await unacceptedPrefix(db, ACME)).toBe("lk");
  const { serviceTokens, managementTokens } = db.read.t;
  await db.write((tx) => tx.q.update(serviceTokens).set({ revokedAt: Date.now() }));
  expect(await unacceptedPrefix(db, ACME)).toBeNull();
  const token = generateToken("lk", "mgt");
  await db.write((tx) =>
    tx.q.insert(managementTokens).values({
      id: newId("managementToken"),
      userId: admin.userId,
      name: "script",
      hash: hashToken(token),
      hint: hintOf(token),
      createdAt: Date.now(),
    }),
  );
  expect(await unacceptedPrefix(db, ACME)).toBe("lk");
  await db.write((tx) => tx.q.update(managementTokens).set({ revokedAt: Date.now() }));
  expect(await unacceptedPrefix(db, ACME)).toBeNull();
});
