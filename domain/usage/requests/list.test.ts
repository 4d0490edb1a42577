import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { generateToken } from "#core/tokens.ts";
import { prune } from "#engine/aggregation/prune.ts";
import { MAX_REQUESTS } from "#engine/aggregation/store-requests.ts";
import { LISTED_PER_SECOND } from "#engine/journal/request-sample.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "#test/key-with-traffic.ts";
import { ctxOf, makeKey, makeUser } from "#test/people.ts";
import { readUsage } from "../read.ts";
import { readUsageSchema } from "../schema.ts";
import { listRequests } from "./list.ts";
import { listRequestsSchema } from "./schema.ts";

let used: KeyWithTraffic;
beforeEach(async () => {
  used = await createKeyWithTraffic();
});
afterEach(() => used.checks.end());

const list = (more: Record<string, unknown> = {}) =>
  listRequests({ ctx: used.ctx, input: listRequestsSchema.parse({ projectId: used.projectId, ...more }) });
const codes = async (more: Record<string, unknown> = {}) => (await list(more)).items.map(({ code }) => code);

test("allowed and denied requests are listed, newest first, with what the service reported", async () => {
  await used.call(1, { clientIp: "198.51.100.7", referrer: "https://a.example/x?token=1" });
  used.clock.advance(1);
  await used.change({ restrictions: { ips: ["198.51.100.7"] } });
  await used.call(1, { clientIp: "203.0.113.9", api: "badges", operation: undefined });
  // Keys that don't exist belong to no project.
  await used.checks.send({ key: generateToken("lk", "live"), api: "badges" });
  await used.checks.count();
  const { items } = await list();
  expect(items).toMatchObject([
    {
      requestId: "req_test",
      time: new Date(used.clock.now()).toISOString(),
      keyId: used.keyId,
      keyName: "checkout server",
      environment: "live",
      code: "IP_NOT_ALLOWED",
      api: "badges",
      operation: null,
      observed: { clientIp: "203.0.113.9" },
      words: expect.stringContaining("203.0.113.9"),
    },
    {
      code: "VALID",
      operation: "badges.list",
      observed: {},
      words: null,
      secretId: expect.stringMatching(/^sec_/),
      client: { clientIp: "198.51.100.7", referrer: "https://a.example/x" },
    },
  ]);
});

test("an allowed request that report-only restrictions would deny is listed as allowed", async () => {
  await used.change({ trial: { ips: ["198.51.100.7"] } });
  await used.call(1, { clientIp: "203.0.113.9" });
  await used.checks.count();
  expect((await list()).items).toMatchObject([{ code: "VALID", observed: {}, words: null }]);
});

test("requests are found by outcome, code, key, API, operation, environment, request ID and time", async () => {
  const other = await makeKey(used.ctx, used.projectId, { name: "other", environment: "test" });
  const start = used.clock.now();
  await used.call(1);
  await used.checks.send({ key: other.secret, api: "offers" });
  used.clock.advance(DAY_MS);
  await used.change({ enabled: false });
  await used.call(1);
  await used.checks.count();
  expect(await codes()).toEqual(["KEY_DISABLED", "VALID", "VALID"]);
  expect(await codes({ outcome: "denied" })).toEqual(["KEY_DISABLED"]);
  expect(await codes({ outcome: "allowed" })).toEqual(["VALID", "VALID"]);
  expect(await codes({ code: "VALID", keyId: used.keyId })).toEqual(["VALID"]);
  expect((await list({ keyId: other.key.id })).items).toMatchObject([{ keyName: "other", api: "offers" }]);
  expect(await codes({ api: "offers" })).toEqual(["VALID"]);
  expect(await codes({ operation: "badges.list" })).toEqual(["KEY_DISABLED", "VALID"]);
  expect(await codes({ operation: "(none)" })).toEqual(["VALID"]);
  expect(await codes({ environment: "test" })).toEqual(["VALID"]);
  expect(await codes({ requestId: "req_test" })).toHaveLength(3);
  expect(await codes({ from: new Date(start + 1).toISOString() })).toEqual(["KEY_DISABLED"]);
  expect(await codes({ to: new Date(start + 1).toISOString() })).toEqual(["VALID", "VALID"]);
  for (const none of ["req_tes", "req_%", "req_test%", "' or 1=1 --", "\0", "-", "req_test."])
    expect(await codes({ requestId: none }), none).toEqual([]);
  expect(await codes({ operation: "%" })).toEqual([]);
});

test("the checks of a batch are found by its request ID", async () => {
  await used.call(2);
  await used.checks.count();
  const { q, t } = { q: used.db, t: used.db.read.t };
  await q.write((tx) => tx.q.update(t.requests).set({ requestId: "req_Batch.1" }));
  expect(await codes({ requestId: "req_Batch" })).toHaveLength(2);
  expect(await codes({ requestId: "req_Batch.1" })).toHaveLength(2);
  expect(await codes({ requestId: "req_Batch.10" })).toHaveLength(0);
});

test("every page has each request once, and a stranger sees none", async () => {
  for (let n = 0; n < 10; n++) {
    await used.call(1);
    // Two in the same millisecond, too.
    used.clock.advance(n % 2);
  }
  await used.checks.count();
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(new Set(seen).size).toBe(10);
  expect(seen).toHaveLength(10);
  const stranger = ctxOf(used.db, await makeUser(used.db));
  const input = listRequestsSchema.parse({ projectId: used.projectId });
  await expect(listRequests({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
});

test("of a key with very many requests a few per second are listed, and all are counted", async () => {
  await used.call(LISTED_PER_SECOND.key + 30);
  used.clock.advance(1_000);
  await used.call(3);
  await used.checks.count();
  expect((await list({ limit: 200 })).items).toHaveLength(LISTED_PER_SECOND.key + 3);
  const usage = await readUsage({
    ctx: used.ctx,
    input: readUsageSchema.parse({ projectId: used.projectId, interval: "day" }),
  });
  expect(usage.total).toBe(LISTED_PER_SECOND.key + 33);
});

test("a project's newest are kept, some of each key beyond these, and none for longer than 30 days", async () => {
  const { db, projectId, keyId, clock } = used;
  const now = clock.now();
  const { newest, perKey } = MAX_REQUESTS;
  const row = (n: number, key: string, at: number) => ({
    id: `seg_${key}/${n}`,
    requestId: `req_${n}`,
    projectId,
    keyId: key,
    secretId: "sec_1",
    at,
    code: "VALID" as const,
    environment: "live" as const,
    api: "badges",
    operation: "",
    observed: {},
    client: {
      clientIp: null,
      referrer: null,
      origin: null,
      androidPackage: null,
      androidCertSha1: null,
      iosBundleId: null,
    },
  });
  const rows = [
    ...Array.from({ length: newest + 500 }, (_, n) => row(n, keyId, now - n)),
    ...Array.from({ length: perKey + 20 }, (_, n) => row(n, "key_quiet", now - DAY_MS - n)),
    row(1, "key_old", now - 31 * DAY_MS),
  ];
  await db.write(async ({ q, t }) => {
    for (let at = 0; at < rows.length; at += 500) await q.insert(t.requests).values(rows.slice(at, at + 500));
  });
  expect(await prune(db, now, null)).toBe(true);
  const left = await db.read.q.select({ key: db.read.t.requests.keyId }).from(db.read.t.requests);
  const countOf = (key: string) => left.filter((each) => each.key === key).length;
  expect([countOf(keyId), countOf("key_quiet"), countOf("key_old")]).toEqual([newest, perKey, 0]);
});
