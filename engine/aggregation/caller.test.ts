import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { enableFor, makeKey } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

let verifier: TestVerifier;
let db: TestVerifier["db"];
let ctx: TestVerifier["ctx"];
let clock: TestVerifier["clock"];
let engine: TestVerifier["engine"];
let dir: TestVerifier["dir"];
let projectId: TestVerifier["projectId"];
let post: TestVerifier["post"];

beforeEach(async () => {
  verifier = await startTestVerifier();
  ({ db, ctx, clock, engine, dir, projectId, post } = verifier);
});
afterEach(() => verifier.stop());

describe("what a service reports about the caller", () => {
  const restricted = async (
    restrictions: Partial<Restrictions>,
    trial: Partial<Restrictions> | null = null,
  ) => {
    const { key, secret } = await makeKey(ctx, projectId);
    const row = {
      restrictions: { ...NO_RESTRICTIONS, ...restrictions },
      reportOnly: trial && { ...NO_RESTRICTIONS, ...trial },
      reportOnlySince: trial && clock.now(),
    };
    await db.write((tx) => tx.q.update(tx.t.keys).set(row).where(eq(tx.t.keys.id, key.id)));
    return secret;
  };
  const ask = async (secret: string, fields: object) => {
    const { code, observed } = await (await post({ key: secret, api: "badges", ...fields })).json();
    return { code, observed };
  };

  test("a key is restricted to its IP addresses, websites and apps, and the response contains what was observed", async () => {
    const secret = await restricted({ ips: ["198.51.100.0/24"], referrers: ["example.com"] });
    expect(await ask(secret, {})).toEqual({ code: "CLIENT_IP_UNKNOWN", observed: {} });
    expect(await ask(secret, { clientIp: "[2001:db8::1]:443" })).toEqual({
      code: "IP_NOT_ALLOWED",
      observed: { clientIp: "2001:db8::1" },
    });
    const clientIp = "198.51.100.7:51234";
    expect(await ask(secret, { clientIp, referrer: "https://evil.test/x?secret" })).toEqual({
      code: "REFERRER_NOT_ALLOWED",
      observed: { referrer: "https://evil.test/x" },
    });
    expect(await ask(secret, { clientIp, origin: "https://example.com" })).toEqual({ code: "VALID" });
    const app = await restricted({ apps: { android: [], ios: [{ bundleId: "com.example.app" }] } });
    expect(await ask(app, {})).toMatchObject({ code: "APP_NOT_ALLOWED" });
    expect(await ask(app, { iosBundleId: "com.Example.App" })).toEqual({ code: "VALID" });
  });

  test("an operation is matched by method and path, and an unknown one is denied if the key is restricted to operations", async () => {
    const { operations } = db.read.t;
    const place = { method: "GET", path: "/badges/{id}" };
    await db.write((tx) => tx.q.update(operations).set(place).where(eq(operations.name, "badges.list")));
    const secret = await restricted({ apis: [{ api: "badges", operations: ["badges.list"] }] });
    const found = await (
      await post({ key: secret, api: "badges", method: "GET", path: "/badges/17?x=1" })
    ).json();
    expect(found).toMatchObject({ code: "VALID", operation: "badges.list" });
    expect(await ask(secret, { method: "GET", path: "/badges/../admin?key=x" })).toEqual({
      code: "OPERATION_NOT_ALLOWED",
      observed: { api: "badges", method: "GET", path: "/badges/../admin" },
    });
  });

  test("a long value gets a verdict, and a body that is too long gets 413", async () => {
    const secret = await restricted({ referrers: ["example.com"] });
    const maxLength = 16 * 1024 - JSON.stringify({ key: secret, api: "badges", referrer: "" }).length;
    const referrer = "https://example.com/".padEnd(maxLength, "a");
    expect(await ask(secret, { referrer })).toEqual({ code: "VALID" });
    const tooLong = await post({ key: secret, api: "badges", referrer: `${referrer}a` });
    expect(tooLong.status).toBe(413);
    const long = "a".repeat(8_000);
    for (const name of [
      "operation",
      "clientIp",
      "origin",
      "androidPackage",
      "androidCertSha1",
      "iosBundleId",
    ]) {
      expect(await ask(secret, { [name]: long }), name).toMatchObject({ code: "REFERRER_NOT_ALLOWED" });
    }
    const open = await restricted({ apis: [{ api: "badges", operations: ["badges.*"] }] });
    expect(await ask(open, { method: "GET", path: `/${long}` })).toMatchObject({
      code: "OPERATION_NOT_ALLOWED",
      observed: { method: "GET", path: expect.stringMatching(/^\/a+…$/) },
    });
  });

  test("report-only restrictions deny nothing", async () => {
    const secret = await restricted({}, { ips: ["198.51.100.7"] });
    expect(await ask(secret, { clientIp: "203.0.113.9" })).toEqual({ code: "VALID" });
  });

  test("what is stored about a check contains no secret, wherever the service put one", async () => {
    const secret = await restricted({ ips: ["198.51.100.7"] }, { referrers: ["example.com"] });
    const referrer = `https://example.com/${secret}?key=${secret}`;
    const fields = {
      referrer,
      origin: secret,
      androidPackage: secret,
      androidCertSha1: secret,
      iosBundleId: secret,
    };
    await enableFor(db, projectId, "streams");
    for (const api of ["badges", "streams"]) {
      for (const clientIp of [secret, "198.51.100.7", "203.0.113.9"]) {
        const asked = { key: secret, api, operation: secret, method: "GET", path: `/${secret}`, clientIp };
        expect((await post({ ...asked, ...fields })).status).toBe(200);
      }
    }
    engine.journal.flush();
    const written = readdirSync(dir)
      .map((name) => readFileSync(join(dir, name), "utf8"))
      .join("");
    // Two lines of each check: its entry, and what is listed of the request.
    expect(written.split("\n")).toHaveLength(2 * 6 + 1);
    expect(written).not.toContain(secret.slice(-36));
    expect(written).toContain("203.0.113.9");
  });
});
