import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { hashToken, tokenKind } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import { ctxOf, makeAdmin, makeApi, makeClock, START } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { createServiceToken } from "./create.ts";
import { listServiceTokens } from "./list.ts";
import { revokeServiceToken } from "./revoke.ts";
import { endServiceTokenOverlap, rotateServiceToken } from "./rotate.ts";
import { createServiceTokenSchema, rotateServiceTokenSchema } from "./schema.ts";
import { updateServiceToken } from "./update.ts";

let db: Db;
let ctx: Ctx;
const clock = makeClock();
beforeEach(async () => {
  db = await openTestDb();
  await makeApi(db, "badges");
  ctx = ctxOf(db, await makeAdmin(db), { clock });
});
const create = (fields: object) =>
  createServiceToken({ ctx, input: createServiceTokenSchema.parse({ name: "edge", ...fields }) });

test("a service token has its own format, is shown once and is stored as a hash", async () => {
  const { serviceToken, token } = await create({ api: "badges", trustedProxies: ["10.0.0.0/8", "::1"] });
  expect(tokenKind("lk", token)).toBe("svc");
  expect(serviceToken).toMatchObject({
    api: "badges",
    trustedProxies: ["10.0.0.0/8", "::1"],
    revokedAt: null,
  });
  const [row] = await db.read.q.select().from(db.read.t.serviceTokens);
  expect(row?.hash).toBe(hashToken(token));
  expect(JSON.stringify(await listServiceTokens({ ctx, input: { limit: 50 } }))).not.toContain(row?.hash);
});

test("a token for an API that does not exist is rejected at its field", async () => {
  await expect(create({ api: "none" })).rejects.toMatchObject({ code: "invalid", errors: [{ path: "api" }] });
});

// SQLite has one writer at a time: nothing comes between.
if (testDialect() === "postgres") {
  test("a token for an API that is deleted at the same moment is rejected at its field too", async () => {
    const { promise: outcome, resolve } = Promise.withResolvers<unknown>();
    await db.write(async (tx) => {
      await tx.q.delete(tx.t.apis).where(eq(tx.t.apis.slug, "badges"));
      create({ api: "badges" }).then(resolve, resolve);
      await expect.poll(() => waitingForLocks(db), { timeout: 10_000 }).toBe(1);
    });
    expect(await outcome).toMatchObject({ code: "invalid", errors: [{ path: "api" }] });
  });
}

test("a service token is rotated with an overlap, which can be ended, and keeps its id, API and expiry", async () => {
  clock.set(START);
  const expiresAt = START + 90 * DAY_MS;
  const first = await create({ api: "badges", expiresAt: new Date(expiresAt).toISOString() });
  const { id, hint } = first.serviceToken;
  const rotate = (fields: object = {}) =>
    rotateServiceToken({
      ctx,
      input: rotateServiceTokenSchema.parse({ serviceTokenId: id, overlapSeconds: 60, ...fields }),
    });
  const { serviceToken } = await rotate();
  expect(serviceToken).toMatchObject({
    id,
    api: "badges",
    expiresAt: new Date(expiresAt).toISOString(),
    older: { hint, lapsesAt: new Date(START + 60_000).toISOString(), lastUsedAt: null },
  });
  await expect(rotate()).rejects.toMatchObject({ problem: "OVERLAP_RUNNING" });
  const ended = await endServiceTokenOverlap({ ctx, input: { serviceTokenId: id } });
  expect(ended.older).toBeNull();
  for (const at of [START, START - 1])
    await expect(rotate({ expiresAt: new Date(at).toISOString() })).rejects.toMatchObject({
      code: "invalid",
    });
  clock.set(expiresAt);
  await expect(rotate()).rejects.toMatchObject({ code: "conflict" });
  expect((await rotate({ expiresAt: null })).serviceToken.expiresAt).toBeNull();
  await revokeServiceToken({ ctx, input: { serviceTokenId: id } });
  await expect(rotate({ endOlder: true })).rejects.toMatchObject({ code: "conflict" });
});

test("trusted proxies are IP addresses or networks, and nothing else", () => {
  for (const proxy of ["10.0.0.0/33", "example.com", "10.0.0", "::1/129", ""]) {
    const parsed = createServiceTokenSchema.safeParse({ name: "edge", trustedProxies: [proxy] });
    expect(parsed.error?.issues[0]?.path, proxy).toEqual(["trustedProxies", 0]);
  }
});

test("two users who revoke a token at once both succeed, and it is revoked once", async () => {
  const { serviceToken } = await create({});
  const input = { serviceTokenId: serviceToken.id };
  await Promise.all([revokeServiceToken({ ctx, input }), revokeServiceToken({ ctx, input })]);
  const traces = await db.read.q.select().from(db.read.t.audit);
  expect(traces.map((row) => row.action).sort()).toEqual(["serviceToken.created", "serviceToken.revoked"]);
});

test("the list is newest first, includes revoked tokens, and has each once across its pages", async () => {
  for (const name of ["a", "b", "c"]) {
    await create({ name });
    clock.advance(1);
  }
  await create({ name: "same instant" });
  await create({ name: "same instant" });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listServiceTokens({ ctx, input: { limit: 2, cursor } });
    names.push(...page.items.map((token) => token.name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(names).toEqual(["same instant", "same instant", "c", "b", "a"]);
});

test("local verification is allowed and ended, is off by default, and each change is recorded once", async () => {
  const { serviceToken } = await create({});
  expect(serviceToken.localVerification).toBe(false);
  expect((await create({ localVerification: true })).serviceToken.localVerification).toBe(true);
  const update = (localVerification?: boolean) =>
    updateServiceToken({ ctx, input: { serviceTokenId: serviceToken.id, localVerification } });
  for (const allowed of [true, true, undefined])
    expect(await update(allowed)).toMatchObject({ localVerification: true });
  expect(await update(false)).toMatchObject({ localVerification: false });
  const changed = (await db.read.q.select().from(db.read.t.audit)).filter(
    ({ action }) => action === "serviceToken.updated",
  );
  expect(changed.map(({ after }) => after)).toEqual([
    { localVerification: true },
    { localVerification: false },
  ]);
  await revokeServiceToken({ ctx, input: { serviceTokenId: serviceToken.id } });
  await expect(update(true)).rejects.toMatchObject({ code: "conflict" });
});
