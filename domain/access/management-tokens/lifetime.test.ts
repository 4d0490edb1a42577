import { beforeEach, describe, expect, test } from "vitest";
import { MANAGEMENT_SCOPES } from "#core/scopes.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeUser, START } from "#test/people.ts";
import type { Ctx, SecurityRecorder, UserActor } from "../../context.ts";
import { setPolicies } from "../policies/set.ts";
import type { SecurityEvent } from "../security/events.ts";
import { listAllManagementTokens, revokeAnyManagementToken } from "./all.ts";
import { authenticateManagementToken } from "./authenticate.ts";
import { createManagementToken } from "./create.ts";
import { listManagementTokens } from "./list.ts";
import { endManagementTokenOverlap, rotateManagementToken } from "./rotate.ts";
import { createManagementTokenSchema, rotateManagementTokenSchema } from "./schema.ts";

const clock = makeClock();
let db: Db;
let user: UserActor;
let ctx: Ctx;
let events: SecurityEvent[];
const securityLog: SecurityRecorder = {
  record: (_, event) => void events.push(event),
  admits: () => true,
  committed: () => {},
};

beforeEach(async () => {
  db = await openTestDb();
  clock.set(START);
  events = [];
  user = await makeUser(db);
  ctx = ctxOf(db, user, { clock });
});

const create = (fields: object = {}) =>
  createManagementToken({ ctx, input: createManagementTokenSchema.parse({ name: "deploy", ...fields }) });
const rotate = (managementTokenId: string, fields: object = {}, as = ctx) =>
  rotateManagementToken({
    ctx: as,
    input: rotateManagementTokenSchema.parse({ managementTokenId, ...fields }),
  });
/** `ok`, or why the token was rejected. */
const use = async (token: string, ipAddress: string | null = "203.0.113.9") => {
  const result = await authenticateManagementToken(db, token, clock.now(), { ipAddress, securityLog });
  return "rejected" in result ? result.rejected : "ok";
};
const setMaxDays = async (maxDays: number | null) =>
  setPolicies({ ctx: ctxOf(db, await makeAdmin(db)), input: { managementTokens: { maxDays } } });
const at = (ms: number) => new Date(ms).toISOString();

describe("a management token expires", () => {
  test("after 90 days unless another end was chosen, to the millisecond", async () => {
    const { managementToken, token } = await create();
    expect(managementToken.expiresAt).toBe(at(START + 90 * DAY_MS));
    clock.set(START + 90 * DAY_MS - 1);
    expect(await use(token)).toBe("ok");
    clock.advance(1);
    expect(await use(token)).toBe("expired");
    expect(events.at(-1)).toMatchObject({
      event: "managementToken.rejected",
      subject: { id: managementToken.id },
      facts: { reason: "expired" },
    });
  });

  test("within the site's maximum, which is 365 days at first", async () => {
    for (const expiresAt of [null, at(START + 365 * DAY_MS + 1)]) {
      await expect(create({ expiresAt })).rejects.toMatchObject({ errors: [{ path: "expiresAt" }] });
    }
    expect((await create({ expiresAt: at(START + 365 * DAY_MS) })).managementToken.expiresAt).not.toBeNull();
    await setMaxDays(7);
    expect((await create()).managementToken.expiresAt).toBe(at(START + 7 * DAY_MS));
    await expect(create({ expiresAt: at(START + 8 * DAY_MS) })).rejects.toMatchObject({ code: "invalid" });
    await setMaxDays(null);
    expect((await create({ expiresAt: null })).managementToken.expiresAt).toBeNull();
  });

  test("never in the past", async () => {
    await expect(create({ expiresAt: at(START) })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a management token with allowed IP addresses", () => {
  test("works from these only, with the format of restrictions, and other uses are security events", async () => {
    const allowedIps = ["198.51.100.77/24", "2001:DB8::/32", "198.51.100.0/24"];
    const { managementToken, token } = await create({ allowedIps });
    expect(managementToken.allowedIps).toEqual(["198.51.100.0/24", "2001:db8::/32"]);
    for (const address of ["198.51.100.1", "::ffff:198.51.100.1", "2001:db8::7"])
      expect(await use(token, address)).toBe("ok");
    for (const address of ["203.0.113.9", "2001:db9::7", null, "junk"])
      expect(await use(token, address)).toBe("address");
    expect(events.at(-1)).toMatchObject({
      subject: { id: managementToken.id },
      facts: { reason: "address" },
    });
  });

  test("has no invalid ones, and not too many", async () => {
    for (const allowedIps of [["300.1.1.1"], ["0.0.0.0/0"], ["198.51.100.7/33"], Array(101).fill("::1")]) {
      expect(createManagementTokenSchema.safeParse({ name: "x", allowedIps }).success).toBe(false);
    }
  });

  test("does not count a rejected use as its last one", async () => {
    const { token } = await create({ allowedIps: ["198.51.100.0/24"] });
    await use(token, "198.51.100.1");
    clock.advance(HOUR_MS);
    await use(token, "203.0.113.9");
    const [shown] = (await listManagementTokens({ ctx, input: { limit: 50 } })).items;
    expect(shown).toMatchObject({ lastUsedAt: at(START), lastUsedFrom: "198.51.100.1" });
  });
});

describe("a management token that is rotated", () => {
  test("keeps its id, scopes and addresses; the old secret works until the overlap ends", async () => {
    const first = await create({ scopes: ["keys:read"], allowedIps: ["203.0.113.9"] });
    clock.advance(30 * DAY_MS);
    const { managementToken, token } = await rotate(first.managementToken.id, { overlapSeconds: 60 });
    const { id, scopes, allowedIps } = first.managementToken;
    expect(managementToken).toMatchObject({
      id,
      scopes,
      allowedIps,
      expiresAt: at(START + 120 * DAY_MS),
      older: { hint: first.managementToken.hint, lapsesAt: at(clock.now() + 60_000), lastUsedAt: null },
    });
    const olderUse = async () =>
      (await listManagementTokens({ ctx, input: { limit: 50 } })).items[0]?.older?.lastUsedAt;
    await use(token);
    expect(await olderUse()).toBeNull();
    // Less than a minute after the use of the other secret.
    clock.advance(59_999);
    expect([await use(first.token), await use(token)]).toEqual(["ok", "ok"]);
    expect(await olderUse()).toBe(at(clock.now()));
    clock.advance(1);
    expect([await use(first.token), await use(token)]).toEqual(["replaced", "ok"]);
  });

  test("does not let the old secret outlive its own expiry", async () => {
    const first = await create();
    clock.set(START + 90 * DAY_MS - 1_000);
    const { managementToken } = await rotate(first.managementToken.id, { overlapSeconds: 3_600 });
    expect(managementToken.older?.lapsesAt).toBe(at(START + 90 * DAY_MS));
  });

  test("has at most two secrets, and the older one can be ended early", async () => {
    const first = await create();
    const { id } = first.managementToken;
    const second = await rotate(id);
    await expect(rotate(id)).rejects.toMatchObject({ code: "conflict", problem: "OVERLAP_RUNNING" });
    expect([await use(first.token), await use(second.token)]).toEqual(["ok", "ok"]);
    const third = await rotate(id, { endOlder: true });
    expect([await use(first.token), await use(second.token), await use(third.token)]).toEqual([
      "unknown",
      "ok",
      "ok",
    ]);
    const ended = await endManagementTokenOverlap({ ctx, input: { managementTokenId: id } });
    expect(ended.older).toBeNull();
    expect([await use(second.token), await use(third.token)]).toEqual(["replaced", "ok"]);
  });

  test("is not rotated by a token, by another user or after its revocation", async () => {
    const { managementToken } = await create();
    const { id, name } = managementToken;
    const script = ctxOf(db, { ...user, via: "token", token: { id, name, scopes: MANAGEMENT_SCOPES } });
    await expect(rotate(id, {}, script)).rejects.toMatchObject({ code: "forbidden" });
    const other = ctxOf(db, await makeAdmin(db));
    await expect(rotate(id, {}, other)).rejects.toMatchObject({ code: "not-found" });
    await revokeAnyManagementToken({ ctx: other, input: { managementTokenId: id } });
    await expect(rotate(id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("twice at the same moment leaves one rotation", async () => {
    const first = await create();
    const { id } = first.managementToken;
    const outcomes = await Promise.allSettled([rotate(id), rotate(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await use(first.token)).toBe("ok");
  });

  test("needs a recent confirmation of identity if it may change members", async () => {
    const { managementToken } = await create();
    await db.write((tx) => tx.q.update(tx.t.managementTokens).set({ scopes: ["members:write"] }));
    await expect(rotate(managementToken.id)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("administrators see all working tokens and those without expiry, and can revoke any", async () => {
  const old = await create({ scopes: ["keys:read"] });
  await db.write((tx) => tx.q.update(tx.t.managementTokens).set({ expiresAt: null }));
  await create({ name: "new" });
  const admin = ctxOf(db, await makeAdmin(db), { clock });
  const list = async (fields: object = {}) =>
    (await listAllManagementTokens({ ctx: admin, input: { limit: 50, ...fields } })).items;
  expect((await list()).map(({ name }) => name).sort()).toEqual(["deploy", "new"]);
  const { id } = old.managementToken;
  expect(await list({ expires: "never" })).toMatchObject([{ id, user: { id: user.userId } }]);
  // A token from before expiry keeps working with what it had.
  clock.advance(1_000 * DAY_MS);
  expect(await use(old.token)).toBe("ok");
  await revokeAnyManagementToken({ ctx: admin, input: { managementTokenId: id } });
  await revokeAnyManagementToken({ ctx: admin, input: { managementTokenId: id } });
  expect(await use(old.token)).toBe("revoked");
  expect(await list({ expires: "never" })).toEqual([]);
});
