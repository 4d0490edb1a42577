import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { generateToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { setPolicies } from "#domain/access/policies/set.ts";
import type { Ctx, Mail, UserActor } from "#domain/context.ts";
import { listLeakedKeyIds, listLeaks } from "#domain/keys/leaks/list.ts";
import { reportFoundKey, reportLeaks } from "#domain/keys/leaks/report.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { updateKey } from "#domain/keys/update.ts";
import { listNotifications } from "#domain/notifications/list.ts";
import { sendNotificationMails } from "#domain/notifications/mail.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { startTraffic } from "#test/traffic.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { handleGithubReport } from "./github.ts";
import { GithubKeys } from "./github-keys.ts";

const PLACE = "https://github.com/example/app/blob/main/.env";
let db: Db;
let clock: Clock;
let owner: UserActor & { email: string };
let ctx: Ctx;
let projectId: string;
let keyId: string;
let secret: string;
let privateKey: KeyObject;
let github: Server;
let served: string;
let keys: GithubKeys;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock, sendMail: async () => {} });
  projectId = await makeProject(db, owner, "Chat");
  ({
    secret,
    key: { id: keyId },
  } = await makeKey(ctx, projectId, { name: "checkout" }));
  const pair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  privateKey = pair.privateKey;
  const pem = String(pair.publicKey.export({ type: "spki", format: "pem" }));
  served = JSON.stringify({ public_keys: [{ key_identifier: "abc", key: pem, is_current: true }] });
  github = createServer((_, response) => {
    response.end(served);
  }).listen(0, "127.0.0.1");
  await once(github, "listening");
  keys = new GithubKeys({
    url: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
    now: clock.now,
  });
});
afterEach(() => github.close());

const system = () => ctxOf(db, { kind: "system" }, { clock, sendMail: async () => {} });
const found = (token: string, url = PLACE) => ({ token, type: "latchkey_live_key", url, source: "content" });

function send(report: unknown, { id = "abc", by = privateKey, change = "" } = {}): Promise<Response> {
  const body = JSON.stringify(report);
  const request = new Request("https://keys.example.com/api/v1/leaks/github", {
    method: "POST",
    body: body + change,
    headers: {
      "Github-Public-Key-Identifier": id,
      "Github-Public-Key-Signature": sign("sha256", Buffer.from(body), by).toString("base64"),
    },
  });
  return handleGithubReport(system(), request, keys);
}
const leaks = async () => (await listLeaks({ ctx, input: { projectId, keyId } })).items;

describe("a report that GitHub signed", () => {
  test("records the leak, labels each token, and is mailed to the owner with its place", async () => {
    const junk = generateToken("lk", "live");
    const response = await send([found(secret), found(junk), found("ghp_something_else")]);
    expect(response.status).toBe(200);
    const labels = await response.json();
    expect(labels.map((one: { label: string }) => one.label)).toEqual([
      "true_positive",
      "false_positive",
      "false_positive",
    ]);
    expect(JSON.stringify(labels)).not.toContain(secret);
    expect(await leaks()).toMatchObject([{ url: PLACE, source: "github", works: true }]);
    const mails: Mail[] = [];
    const settings = { url: "https://keys.example.com" };
    await sendNotificationMails({
      db,
      settings,
      now: clock.now,
      sendMail: async (mail) => void mails.push(mail),
    });
    expect(mails).toMatchObject([
      { to: owner.email, subject: "A secret of checkout was found in public · Chat" },
    ]);
    expect(mails[0]?.text).toContain(PLACE);
    expect(await dump(db)).not.toContain(secret);
  });

  test("that is repeated, or names one place twice, notifies once", async () => {
    await send([found(secret), found(secret)]);
    await send([found(secret)]);
    await send([found(secret, "https://gist.github.com/example/1")]);
    expect((await leaks()).map(({ url }) => url).sort()).toEqual([
      "https://gist.github.com/example/1",
      PLACE,
    ]);
    const { events } = db.read.t;
    expect((await db.read.q.select().from(events)).filter(({ kind }) => kind === "key.leaked")).toHaveLength(
      2,
    );
  });

  test("is processed to its end, whatever some of its entries contain", async () => {
    const long = `https://github.com/example/app/blob/main/${"long/".repeat(500)}.env`;
    const other = await makeKey(ctx, projectId, { name: "worker" });
    const response = await send([
      null,
      { token: 7 },
      { token: "x".repeat(600), type: null, url: null, source: null },
      ...Array.from({ length: 1_100 }, () => found("ghp_something_else")),
      found(other.secret, long),
      { token: secret, type: "t".repeat(300), url: PLACE },
    ]);
    expect(response.status).toBe(200);
    const labels: { label: string }[] = await response.json();
    expect(labels).toHaveLength(1_103);
    expect(labels.filter(({ label }) => label === "true_positive")).toHaveLength(2);
    expect(await leaks()).toMatchObject([{ url: PLACE }]);
    const { leaks: table } = db.read.t;
    const kept = (await db.read.q.select().from(table)).find(({ keyId: id }) => id === other.key.id);
    expect(kept?.url.length).toBeLessThanOrEqual(500);
    expect(kept?.url).toContain("https://github.com/example/app/blob/main/long/");
  });

  test("stores each place of a token that is in several, and notifies once of all of them", async () => {
    const gist = "https://gist.github.com/example/1";
    await send([found(secret), found(secret, gist)]);
    expect((await leaks()).map(({ url }) => url).sort()).toEqual([gist, PLACE]);
    const { items } = await listNotifications({ ctx, input: { limit: 50, unread: false } });
    const leaked = items.filter(({ kind }) => kind === "key.leaked");
    expect(leaked).toHaveLength(1);
    expect(leaked[0]?.text).toContain(`Found at ${PLACE} and in 1 other place.`);
  });

  test("of a known place disables a key that the rule applies to by now, or that was enabled again", async () => {
    const enabled = async () => (await db.read.q.select().from(db.read.t.keys))[0]?.enabled;
    await send([found(secret)]);
    expect(await enabled()).toBe(true);
    const admin = ctxOf(db, await makeAdmin(db));
    await setPolicies({ ctx: admin, input: { leakedKeys: { live: "disable", test: "tell" } } });
    await send([found(secret)]);
    expect(await enabled()).toBe(false);
    // The leak stays recorded: if the key were enabled again, the secret would work.
    expect(await leaks()).toMatchObject([{ works: false, alive: true }]);
    const among = () => listLeakedKeyIds({ ctx, input: { projectId, keyIds: [keyId] } });
    expect(await among()).toEqual([keyId]);
    await updateKey({ ctx: admin, input: { projectId, keyId, enabled: true } });
    await send([found(secret)]);
    expect(await enabled()).toBe(false);
    expect(await leaks()).toHaveLength(1);
    await revokeKey({ ctx, input: { projectId, keyId } });
    expect(await among()).toEqual([keyId]);
    clock.advance(30 * DAY_MS);
    // Nobody can reactivate it anymore.
    expect(await leaks()).toMatchObject([{ works: false, alive: false }]);
    expect(await among()).toEqual([]);
  });

  test("is ignored once its secret has ended", async () => {
    await send([found(secret)]);
    const among = () => listLeakedKeyIds({ ctx, input: { projectId, keyIds: [keyId] } });
    expect(await among()).toEqual([keyId]);
    await rotateKey({ ctx, input: { projectId, keyId, overlapSeconds: 0 } });
    expect(await leaks()).toMatchObject([{ works: false, alive: false }]);
    expect(await among()).toEqual([]);
  });

  test("disables the key if the rule says so, and every verifier denies it", async () => {
    await makeApi(db, "badges");
    await enableFor(db, projectId, "badges");
    const checks = await startTraffic(db, clock);
    const ask = () => checks.send({ key: secret, api: "badges" });
    expect(await ask()).toBe("VALID");
    await setPolicies({
      ctx: ctxOf(db, await makeAdmin(db)),
      input: { leakedKeys: { live: "disable", test: "tell" } },
    });
    await send([found(secret)]);
    checks.clearCache();
    expect(await ask()).toBe("KEY_DISABLED");
    await checks.end();
  });

  test("of a secret that has ended changes nothing", async () => {
    const admin = ctxOf(db, await makeAdmin(db));
    await setPolicies({ ctx: admin, input: { leakedKeys: { live: "disable", test: "disable" } } });
    await rotateKey({ ctx, input: { projectId, keyId, overlapSeconds: 0 } });
    clock.advance(1_000);
    await send([found(secret)]);
    expect(await leaks()).toMatchObject([{ works: false }]);
    const [key] = await db.read.q.select().from(db.read.t.keys);
    expect(key?.enabled).toBe(true);
  });
});

describe("a report that GitHub did not sign", () => {
  test.each([
    ["a changed byte", () => send([found(secret)], { change: " " })],
    [
      "another key",
      () => send([found(secret)], { by: generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey }),
    ],
    ["an unknown key id", () => send([found(secret)], { id: "made-up" })],
    ["no key id", () => send([found(secret)], { id: "" })],
  ])("%s: rejected, and nothing is written", async (_, call) => {
    const before = await dump(db);
    expect((await call()).status).toBe(401);
    expect(await dump(db)).toBe(before);
  });

  test("gets 503 while GitHub's keys are unavailable, so that GitHub sends it again", async () => {
    served = "<html>";
    const response = await send([found(secret)]);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).not.toBeNull();
    expect(await leaks()).toEqual([]);
  });

  test("is rejected without quoting it if its signed body is not a report", async () => {
    const response = await send({ token: 7, url: secret });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain(secret);
  });
});

describe("other reports", () => {
  test("of an own scanner get the same response whosever key it is", async () => {
    const stranger = ctxOf(db, await makeUser(db), { clock });
    const answer = (token: string) => reportLeaks({ ctx: stranger, input: { found: [found(token)] } });
    expect(await answer(secret)).toEqual(await answer("junk"));
    expect(await leaks()).toMatchObject([{ source: "scanner" }]);
  });

  test("on the public page get the same response, and are throttled by IP address", async () => {
    const visitor = ctxOf(db, { kind: "visitor", ipAddress: "203.0.113.9" }, { clock });
    const report = (key: string) =>
      reportFoundKey({ ctx: visitor, input: { key, where: `in a chat ${secret}` } });
    expect(await report(secret)).toBeUndefined();
    expect(await report(generateToken("lk", "live"))).toBeUndefined();
    expect(await report("junk")).toBeUndefined();
    expect(await leaks()).toMatchObject([{ source: "public" }]);
    expect(await dump(db)).not.toContain(secret);
    for (let n = 3; n < 10; n++) await report("junk");
    await expect(report("junk")).rejects.toMatchObject({ code: "too-many" });
    const other = ctxOf(db, { kind: "visitor", ipAddress: "203.0.113.10" }, { clock });
    expect(await reportFoundKey({ ctx: other, input: { key: "junk", where: "" } })).toBeUndefined();
  });
});
