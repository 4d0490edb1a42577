import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { parseSettings } from "#platform/settings.ts";
import { startRedis } from "../../test/redis.ts";
import { startRedisCluster } from "../../test/redis-cluster.ts";
import { startSmtp } from "../../test/smtp.ts";
import { checkBackup } from "./files.ts";
import { checkServices } from "./services.ts";

const check = (env: Record<string, string>) => checkServices(parseSettings(env));

test("nothing that is not configured is checked", async () => {
  expect(await check({})).toEqual([]);
});

test("Redis must answer and never evict; its password is not printed", async () => {
  const redis = await startRedis();
  const found = async (url: string) => (await check({ REDIS_URL: url }))[0];
  expect(await found(redis.url)).toMatchObject({ name: "redis", status: "ok" });
  await redis.send("CONFIG SET maxmemory-policy allkeys-lru");
  expect(await found(redis.url)).toMatchObject({ status: "warning" });
  await redis.send("CONFIG SET maxmemory 100mb");
  const evicts = await found(redis.url);
  expect(evicts).toMatchObject({ status: "failed", message: expect.stringContaining("allkeys-lru") });
  const { host } = new URL(redis.url);
  await redis.stop();
  const away = await found(`redis://:hunter2@${host}`);
  expect(away).toMatchObject({ status: "failed", message: expect.stringContaining("ECONNREFUSED") });
  expect(away?.message).not.toContain("hunter2");
});

test("every master of a Redis Cluster must answer and never evict, and the URL must say that it is one", async () => {
  const cluster = await startRedisCluster();
  const found = async (url: string) => (await check({ REDIS_URL: url }))[0];
  expect(await found(cluster.url)).toMatchObject({
    status: "ok",
    message: expect.stringContaining("masters: 3, replicas: 1"),
  });
  const [first, second] = cluster.masters;
  expect(await found(`redis://127.0.0.1:${second?.port}`)).toMatchObject({
    status: "failed",
    message: expect.stringContaining("redis+cluster://"),
  });
  await second?.send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
  expect(await found(cluster.url)).toMatchObject({
    status: "warning",
    message: expect.stringContaining(`node 127.0.0.1:${second?.port}: maxmemory-policy is allkeys-lru`),
  });
  await first?.kill();
  expect(await found(cluster.url)).toMatchObject({ status: "failed" });
  await cluster.stop();
  const away = await found(cluster.url.replace("//", "//:hunter2@"));
  expect(away).toMatchObject({ status: "failed", message: expect.stringContaining("ECONNREFUSED") });
  expect(away?.message).not.toContain("hunter2");
  const single = await startRedis();
  expect(await found(single.url.replace("redis:", "redis+cluster:"))).toMatchObject({
    status: "failed",
    message: expect.stringContaining("cluster support disabled"),
  });
  await single.stop();
});

test("the mail server must answer", async () => {
  const smtp = await startSmtp();
  const env = { MAIL_FROM: "keys@example.com" };
  expect(await check({ ...env, SMTP_URL: smtp.url })).toMatchObject([{ name: "smtp", status: "ok" }]);
  await smtp.close();
  expect(await check({ ...env, SMTP_URL: smtp.url })).toMatchObject([{ name: "smtp", status: "failed" }]);
});

test("the discovery document must be readable, complete, and name the configured issuer", async () => {
  let document: unknown = {};
  const server = createServer((_, res) => res.end(JSON.stringify(document))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const found = async () => {
    const client = { LATCHKEY_OIDC_CLIENT_ID: "id", LATCHKEY_OIDC_CLIENT_SECRET: "secret" };
    return (await check({ LATCHKEY_OIDC_ISSUER: issuer, ...client }))[0];
  };
  expect(await found()).toMatchObject({ status: "failed", message: expect.stringContaining("jwks_uri") });
  const endpoint = `${issuer}/x`;
  const complete = { authorization_endpoint: endpoint, token_endpoint: endpoint, jwks_uri: endpoint };
  document = { issuer: "https://other.example.com", ...complete };
  expect(await found()).toMatchObject({
    status: "failed",
    message: "LATCHKEY_OIDC_ISSUER must be exactly https://other.example.com",
  });
  document = { issuer, ...complete };
  expect(await found()).toEqual({ name: "oidc", status: "ok", message: issuer });
  const named = {
    LATCHKEY_OIDC_PROVIDERS: "acme,b2",
    ...clientOf("ACME", `${issuer}/other`),
    ...clientOf("B2", issuer),
  };
  expect(await check(named)).toEqual([
    {
      name: "oidc acme",
      status: "failed",
      message: `LATCHKEY_OIDC_ACME_ISSUER must be exactly ${issuer}`,
    },
    { name: "oidc b2", status: "ok", message: issuer },
  ]);
  document = { ...complete, issuer, padding: "x".repeat(1024 * 1024) };
  expect(await found()).toMatchObject({ status: "failed", message: expect.stringContaining("too large") });
  server.closeAllConnections();
  server.close();
  expect(await found()).toMatchObject({
    status: "failed",
    message: expect.stringContaining("can't be read"),
  });
});

const clientOf = (id: string, issuer: string) => ({
  [`LATCHKEY_OIDC_${id}_ISSUER`]: issuer,
  [`LATCHKEY_OIDC_${id}_CLIENT_ID`]: "id",
  [`LATCHKEY_OIDC_${id}_CLIENT_SECRET`]: "secret",
});

test("the last backup must be at most a week old", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-doctor-"));
  const found = (nowMs: number) => checkBackup({ dataDir }, nowMs);
  const at = Date.UTC(2026, 10, 1);
  try {
    expect(found(at)).toMatchObject({
      status: "warning",
      message: expect.stringContaining("none is recorded"),
    });
    writeFileSync(join(dataDir, "last-backup"), "2026-11-01T00:00:00Z\n");
    expect(found(at + 7 * DAY_MS)).toMatchObject({
      status: "ok",
      message: "the last one is 7 days old",
    });
    expect(found(at + DAY_MS - 1)).toMatchObject({ message: "the last one is less than a day old" });
    expect(found(at + 8 * DAY_MS)).toMatchObject({ status: "failed" });
    writeFileSync(join(dataDir, "last-backup"), "yesterday");
    expect(found(at)).toMatchObject({
      status: "failed",
      message: expect.stringContaining("does not contain"),
    });
    writeFileSync(join(dataDir, "last-backup"), "2026-11-02T00:00:00Z\n");
    expect(found(at)).toMatchObject({
      status: "failed",
      message: "the last one is recorded at 2026-11-02T00:00:00.000Z, which is in the future",
    });
    rmSync(join(dataDir, "last-backup"));
    mkdirSync(join(dataDir, "last-backup"));
    expect(found(at)).toMatchObject({
      status: "failed",
      message: expect.stringMatching(/last-backup can't be read: it is a directory$/),
    });
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
