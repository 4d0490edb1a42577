import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "#test/key-with-traffic.ts";
import { ctxOf, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import { readUsage } from "../../usage/read.ts";
import { deleteExpired } from "../../usage/retention/prune.ts";
import { readUsageSchema } from "../../usage/schema.ts";
import { changeOverlapEnd } from "../change-overlap-end.ts";
import { endSecret } from "../end-secret.ts";
import { readKey } from "../find.ts";
import { revokeKey } from "../revoke.ts";
import { rotateKey } from "../rotate.ts";
import { readTryChecks } from "./checks.ts";
import { listTryKeys } from "./keys.ts";
import type { TrySession } from "./schema.ts";
import { endTry, startTry, TRY_MS } from "./session.ts";

let used: KeyWithTraffic;
let ref: { projectId: string; keyId: string };

beforeEach(async () => {
  used = await createKeyWithTraffic();
  const { key } = await makeKey(used.ctx, used.projectId, { name: "trial", environment: "test" });
  ref = { projectId: used.projectId, keyId: key.id };
});
afterEach(() => used.checks.end());

const start = () => startTry({ ctx: used.ctx, input: ref });
const end = ({ secretId }: TrySession) => endTry({ ctx: used.ctx, input: { ...ref, secretId } });

/** The code of a check with the secret. */
async function codeOf(secret: string): Promise<string> {
  used.checks.clearCache();
  return used.checks.send({ key: secret, api: "badges", operation: "badges.list" });
}

describe("a temporary secret", () => {
  test("works like the key's own until it is ended", async () => {
    const session = await start();
    expect(session.secret).toMatch(/^lk_test_/);
    expect(await codeOf(session.secret)).toBe("VALID");
    await end(session);
    expect(await codeOf(session.secret)).toBe("KEY_ROTATED");
    await end(session);
  });

  test("expires after an hour, and never outlives its key", async () => {
    const session = await start();
    used.clock.advance(TRY_MS - 1);
    expect(await codeOf(session.secret)).toBe("VALID");
    used.clock.advance(1);
    expect(await codeOf(session.secret)).toBe("KEY_ROTATED");
    const expiresAt = used.clock.now() + 1_000;
    const { key } = await makeKey(used.ctx, used.projectId, {
      environment: "test",
      expiresAt: new Date(expiresAt).toISOString(),
    });
    const brief = await startTry({ ctx: used.ctx, input: { projectId: used.projectId, keyId: key.id } });
    expect(Date.parse(brief.endsAt)).toBe(expiresAt);
  });

  test("is in no list, and no verb for secrets reaches it", async () => {
    const { secretId } = await start();
    const key = await readKey(used.db.read, ref, used.clock.now());
    expect(key.secrets).toHaveLength(1);
    expect(key.secrets[0]?.id).not.toBe(secretId);
    expect(key.hint).toBe(key.secrets[0]?.hint);
    const input = { ...ref, secretId };
    await expect(endSecret({ ctx: used.ctx, input })).rejects.toMatchObject({ code: "not-found" });
    const lapsesAt = used.clock.now() + DAY_MS;
    await expect(changeOverlapEnd({ ctx: used.ctx, input: { ...input, lapsesAt } })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(JSON.stringify(await readKey(used.db.read, ref, used.clock.now()))).not.toContain(secretId);
  });

  test("does not get in the way of a rotation, which ends it", async () => {
    const session = await start();
    const { key } = await rotateKey({ ctx: used.ctx, input: { ...ref, overlapSeconds: 60 } });
    expect(key.secrets).toHaveLength(2);
    expect(await codeOf(session.secret)).toBe("KEY_ROTATED");
  });

  test("is denied with its key", async () => {
    const session = await start();
    await revokeKey({ ctx: used.ctx, input: ref });
    expect(await codeOf(session.secret)).toBe("KEY_REVOKED");
    await expect(start()).rejects.toMatchObject({ code: "conflict" });
  });

  test("is given for test keys only, to developers only, never to a token, and in a bounded number", async () => {
    await expect(
      startTry({ ctx: used.ctx, input: { projectId: used.projectId, keyId: used.keyId } }),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("test keys") });
    const viewer = ctxOf(used.db, await makeMember(used.db, used.projectId, "viewer"));
    await expect(startTry({ ctx: viewer, input: ref })).rejects.toMatchObject({ code: "forbidden" });
    const results = await Promise.allSettled(Array.from({ length: 14 }, start));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { problem: "LIMIT_REACHED" },
    });
  });

  test("is counted under “Try it”, and forgotten 30 days after its end", async () => {
    const session = await start();
    await codeOf(session.secret);
    await used.checks.count();
    used.clock.advance(TRY_MS);
    const usage = await readUsage({
      ctx: used.ctx,
      input: readUsageSchema.parse({ projectId: used.projectId, groupBy: "secret", interval: "hour" }),
    });
    expect(usage.series).toMatchObject([{ group: session.secretId, label: "Try it" }]);
    const { secrets } = used.db.read.t;
    const rows = async () =>
      (await used.db.read.q.select().from(secrets)).filter(({ temporary }) => temporary);
    used.clock.advance(29 * DAY_MS);
    const prune = () => deleteExpired({ db: used.db, now: used.clock.now, clock: () => performance.now() });
    await prune();
    expect(await rows()).toHaveLength(1);
    used.clock.advance(2 * DAY_MS);
    await prune();
    expect(await rows()).toHaveLength(0);
  });
});

test("the checks that a request caused are returned, with what a denial observed", async () => {
  const session = await start();
  const since = used.clock.now();
  const read = () => readTryChecks({ ctx: used.ctx, input: { ...ref, secretId: session.secretId, since } });
  expect(await read()).toEqual({ checks: [], denial: null });
  await codeOf(session.secret);
  await used.checks.send({ key: session.secret, api: "offers", operation: "offers.get" });
  await end(session);
  await codeOf(session.secret);
  await used.checks.count();
  const { checks, denial } = await read();
  expect(checks).toEqual([
    { code: "KEY_ROTATED", api: "badges", operation: "badges.list", count: 1 },
    { code: "VALID", api: "badges", operation: "badges.list", count: 1 },
    { code: "VALID", api: "offers", operation: "offers.get", count: 1 },
  ]);
  expect(denial).toMatchObject({ code: "KEY_ROTATED" });
  // Those of the key's own secret, or of another key, are not returned.
  await expect(
    readTryChecks({ ctx: used.ctx, input: { ...ref, keyId: used.keyId, secretId: session.secretId, since } }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("a request is tried with keys of one's own projects that may call the API", async () => {
  await makeKey(used.ctx, used.projectId, {
    name: "elsewhere",
    environment: "test",
    restrictions: { apis: [{ api: "offers", operations: [] }] },
  });
  const stranger = await makeUser(used.db);
  await makeProject(used.db, stranger, "Other");
  const items = async (ctx = used.ctx, slug = "badges") =>
    (await listTryKeys({ ctx, input: { slug } })).items;
  expect(await items()).toMatchObject([{ id: ref.keyId, name: "trial" }]);
  expect((await items(used.ctx, "offers")).map(({ name }) => name)).toEqual(["elsewhere", "trial"]);
  expect(await items(ctxOf(used.db, stranger))).toEqual([]);
  const viewer = ctxOf(used.db, await makeMember(used.db, used.projectId, "viewer"));
  expect(await items(viewer)).toEqual([]);
});
