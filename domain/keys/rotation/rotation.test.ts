import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
  START,
} from "#test/people.ts";
import { startTraffic, type Traffic } from "#test/traffic.ts";
import type { Ctx } from "../../context.ts";
import { changeOverlapEnd } from "../change-overlap-end.ts";
import { getKey } from "../list.ts";
import { rotateKey } from "../rotate.ts";
import { readRotation } from "./read.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let ref: { projectId: string; keyId: string };
let old: string;
let checks: Traffic;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  const projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await enableFor(db, projectId, "badges");
  const { key, secret } = await makeKey(ctx, projectId);
  [ref, old] = [{ projectId, keyId: key.id }, secret];
  checks = await startTraffic(db, clock);
});
afterEach(() => checks.end());

const call = (key: string, clientIp: string, operation = "badges.list") =>
  checks.send({ key, api: "badges", operation, clientIp });
async function rotate(overlapSeconds = DAY_MS / 1000): Promise<{ fresh: string; olderId: string }> {
  const { key, secret } = await rotateKey({ ctx, input: { ...ref, overlapSeconds } });
  checks.clearCache();
  return { fresh: secret, olderId: key.secrets.find(({ lapsesAt }) => lapsesAt !== null)?.id ?? "" };
}

test("both secrets are listed side by side, and for the old one who sends it and what they call", async () => {
  const { fresh } = await rotate();
  clock.advance(60_000);
  for (let n = 0; n < 3; n++) await call(old, "198.51.100.7", "badges.sync");
  clock.advance(60_000);
  await call(old, "203.0.113.9");
  await call(fresh, "192.0.2.1");
  await checks.count();
  const { rotation } = await readRotation({ ctx, input: ref });
  expect(rotation?.older).toMatchObject({ lastHour: 4, total: 4 });
  expect(rotation?.current).toMatchObject({ lastHour: 1, total: 1 });
  expect(rotation?.older.minutes.slice(-2)).toEqual([3, 1]);
  const addresses = rotation?.senders.filter(({ kind }) => kind === "address");
  expect(addresses?.map(({ value, count }) => [value, count])).toEqual([
    ["203.0.113.9", 1],
    ["198.51.100.7", 3],
  ]);
  const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
  expect(rotation?.operations).toEqual([
    { api: "badges", operation: "badges.sync", count: 3, lastSeenAt: at(1) },
    { api: "badges", operation: "badges.list", count: 1, lastSeenAt: at(2) },
  ]);
});

test("IP addresses of one network are shown together, with their number; a single one is shown as itself", async () => {
  await rotate();
  clock.advance(60_000);
  for (const end of [7, 8, 8]) await call(old, `198.51.100.${end}`);
  for (const end of [1, 2, 3]) await call(old, `2001:db8:0:7::${end}`);
  await call(old, "2001:db8:0:8::1");
  clock.advance(1_000);
  await call(old, "203.0.113.9");
  await checks.count();
  const { rotation } = await readRotation({ ctx, input: ref });
  const addresses = rotation?.senders.filter(({ kind }) => kind === "address") ?? [];
  expect(addresses[0]?.value).toBe("203.0.113.9");
  expect(new Map(addresses.map(({ value, values, count }) => [value, [values, count]]))).toEqual(
    new Map([
      ["203.0.113.9", [1, 1]],
      ["198.51.100.0/24", [2, 3]],
      ["2001:db8:0:7::/64", [3, 3]],
      ["2001:db8:0:8::1", [1, 1]],
    ]),
  );
});

test("without an overlap there is nothing to show, nor after it", async () => {
  expect(await readRotation({ ctx, input: ref })).toEqual({ rotation: null });
  await rotate(0);
  expect(await readRotation({ ctx, input: ref })).toEqual({ rotation: null });
  await rotate(60);
  expect((await readRotation({ ctx, input: ref })).rotation).not.toBeNull();
  clock.advance(60_000);
  expect(await readRotation({ ctx, input: ref })).toEqual({ rotation: null });
});

test("an overlap can be extended to 30 days after its rotation, and verifiers apply it", async () => {
  const { olderId } = await rotate(HOUR_MS / 1000);
  const changeEnd = (lapsesAt: number) =>
    changeOverlapEnd({ ctx, input: { ...ref, secretId: olderId, lapsesAt } });
  clock.advance(HOUR_MS / 2);
  await changeEnd(START + 30 * DAY_MS);
  checks.clearCache();
  clock.advance(29 * DAY_MS);
  expect(await call(old, "198.51.100.7")).toBe("VALID");
  await expect(changeEnd(START + 30 * DAY_MS + 1)).rejects.toMatchObject({ errors: [{ path: "lapsesAt" }] });
  await expect(changeEnd(clock.now())).rejects.toMatchObject({ errors: [{ path: "lapsesAt" }] });
  clock.set(START + 30 * DAY_MS);
  expect(await call(old, "198.51.100.7")).toBe("KEY_ROTATED");
  await expect(changeEnd(START + 31 * DAY_MS)).rejects.toMatchObject({ code: "conflict" });
});

test("the current secret can't be given an end", async () => {
  const key = await getKey({ ctx, input: ref });
  const input = { ...ref, secretId: key.secrets[0]?.id ?? "", lapsesAt: START + HOUR_MS };
  await expect(changeOverlapEnd({ ctx, input })).rejects.toMatchObject({ code: "conflict" });
});
