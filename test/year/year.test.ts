import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ROOT } from "#cli/build.ts";
import { adminQuery, type OwnPostgres, startOwnPostgres, withDatabase } from "../postgres.ts";
import { type Receiver, startReceiver } from "../receiver.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import { hasOldestVersion, installOldestVersion } from "./oldest-version.ts";
import { Operator, type Started, stopEverything } from "./operator.ts";

const YEAR_TIMEOUT_MS = 30 * 60_000;
const POLL = { timeout: 60_000, interval: 100 };
const RATE = 5;

/** What services know: how to have keys verified, and what they were answered. */
const service = {
  token: "",
  /** Verdicts since the last loss of data. The usage figures must say the same. */
  answered: 0,
  async verify(url: string, key: string): Promise<string> {
    const response = await fetch(`${url}/api/v1/keys/verify`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: JSON.stringify({ key, api: "badges" }),
    });
    const body = await response.text();
    if (response.status !== 200) return String(response.status);
    const { code } = JSON.parse(body);
    if (code !== "KEY_NOT_FOUND") this.answered++;
    return code;
  },
};

let dir: string;
let postgres: OwnPostgres;
let redis: RedisServer;
let receiver: Receiver;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "latchkey-year-"));
  [postgres, redis, receiver] = await Promise.all([startOwnPostgres(), startRedis(), startReceiver()]);
}, 120_000);
afterEach(stopEverything);
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop(), receiver.stop()]);
  await rm(dir, { recursive: true, force: true });
});

// An unpacked archive and a shallow clone have no history.
if (hasOldestVersion()) {
  test(
    "a year of an operator: nothing that was answered is lost, and every secret and part is replaced",
    liveAYear,
    YEAR_TIMEOUT_MS,
  );
}

async function liveAYear(): Promise<void> {
  const dataDir = join(dir, "data");
  const operator = new Operator(installOldestVersion(), {
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_WEBHOOKS_TO_PRIVATE: "allow",
    LATCHKEY_METRICS_TOKEN: "first-metrics-token-0123456789",
  });

  log("January: install, on one machine with SQLite");
  let { one, project, keys } = await install(operator);
  for (let time = 0; time < 20; time++) expect(await service.verify(one.verifier, keys.plain)).toBe("VALID");
  await expectUsage(operator, one, project);
  const webhook = await operator.call(one.url, "POST", `/projects/${project}/webhooks`, {
    url: receiver.url,
  });

  log("February: upgrade from the oldest version that can be");
  await operator.run(["backup", join(dir, "backup-before-upgrade")]).catch((error: Error) => {
    // The oldest version has the command or not, but an upgrade never needs it.
    expect(error.message).toContain("unknown command");
  });
  await one.stop();
  operator.folder = ROOT;
  one = await startOne(operator);
  for (const secret of [keys.plain, keys.limited])
    expect(await service.verify(one.verifier, secret)).toBe("VALID");
  await expectUsage(operator, one, project);
  await expectHealthy(operator);

  log("March: rotate every secret");
  one = await rotateSecrets(operator, one, { project, keys, webhook });

  log("April: back up, regret a change, restore");
  const backup = join(dir, "backup");
  await expectUsage(operator, one, project);
  await operator.run(["backup", backup]);
  const answeredAtBackup = service.answered;
  await operator.call(one.url, "DELETE", `/projects/${project}/keys/${keys.plainId}`);
  await expect.poll(() => service.verify(one.verifier, keys.plain), POLL).not.toBe("VALID");
  const restored = await operator.run(["restore", backup, "--force"]);
  expect(restored).toContain(keys.plainId);
  await expect.poll(() => service.verify(one.verifier, keys.plain), POLL).toBe("VALID");
  await one.stop();
  one = await startOne(operator);
  service.answered = await usageOf(operator, one, project);
  expect(service.answered).toBeGreaterThanOrEqual(answeredAtBackup);
  await expectHealthy(operator);

  log("May: move to Postgres");
  await adminQuery(postgres.url, "create role latchkey login superuser password 'spring'");
  await adminQuery(postgres.url, "create database latchkey owner latchkey");
  await service.verify(one.verifier, keys.plain);
  // Answered just before the stop: counted by the verifier that ends, or from its journal.
  await one.stop();
  const databaseUrl = (password: string) => {
    const url = new URL(withDatabase(postgres.url, "latchkey"));
    [url.username, url.password] = ["latchkey", password];
    return url.href;
  };
  const urlFile = join(dir, "database-url");
  await writeFile(urlFile, databaseUrl("spring"), { mode: 0o600 });
  await expect
    .poll(() => operator.run(["move", "--to-file", urlFile]).then(() => "moved", String), POLL)
    .toBe("moved");
  operator.settings.DATABASE_URL = databaseUrl("spring");
  operator.settings.AUTH_SECRET_FILE = join(dataDir, "auth-secret");
  one = await startOne(operator);
  expect(await service.verify(one.verifier, keys.plain)).toBe("VALID");
  await expectUsage(operator, one, project);
  await expectHealthy(operator);
  await one.stop();

  log("June: several machines, with Redis");
  operator.settings.REDIS_URL = redis.url;
  const machines = await startMachines(operator, dir);
  await expectSharedLimit(machines.verifiers, keys.limited);
  await expectUsage(operator, { url: machines.portal.url }, project);
  await expectHealthy(operator);

  log("July: rotate the passwords of Postgres and Redis");
  await rotatePasswords(operator, machines, { databaseUrl, keys });
  await expectSharedLimit(machines.verifiers, keys.limited);

  log("August to November: lose each part once");
  await loseVerifier(machines, keys);
  await expectUsage(operator, { url: machines.portal.url }, project);
  await losePortal(machines, keys);
  await loseRedis(machines, keys);
  await losePostgres(machines, keys);
  await expectSharedLimit(machines.verifiers, keys.limited);
  await expectUsage(operator, { url: machines.portal.url }, project);
  await loseDatabase(operator, machines, { keys, databaseUrl });
  await expectUsage(operator, { url: machines.portal.url }, project);

  log("December: everything is healthy, and the audit log is whole");
  await expectHealthy(operator);
  expect(await operator.run(["doctor", "--audit"])).toMatch(/valid|unchanged|ok/i);
  await machines.portal.stop();
  for (const { process } of machines.verifiers) await process.stop();
}

/** An installation on one machine: its portal, its verifier, and how to end both. */
interface One extends Started {
  verifier: string;
}

async function startOne(operator: Operator): Promise<One> {
  const { freePort } = await import("../ports.ts");
  const port = await freePort();
  const started = await operator.start({ VERIFIER_PORT: String(port) });
  const verifier = `http://127.0.0.1:${port}`;
  return { ...started, verifier };
}

interface Keys {
  plainId: string;
  plain: string;
  limitedId: string;
  limited: string;
}

async function install(operator: Operator): Promise<{ one: One; project: string; keys: Keys }> {
  const one = await startOne(operator);
  const ada = ["--email", "ada@example.com", "--name", "Ada", "--role", "admin", "--password-stdin"];
  await operator.run(["user", "create", ...ada], { input: "a long passphrase of Ada\n" });
  operator.token = await operator.run([
    "token",
    "create",
    "--user",
    "ada@example.com",
    "--name",
    "terraform",
  ]);
  const call = (method: string, path: string, body?: unknown) => operator.call(one.url, method, path, body);
  await call("POST", "/apis", { slug: "badges", name: "Badges" });
  const { id: project } = await call("POST", "/projects", { name: "Conference" });
  await call("PUT", `/projects/${project}/apis/badges`);
  service.token = (await call("POST", "/admin/service-tokens", { name: "badges" })).token;
  const make = (name: string, more: object = {}) =>
    call("POST", `/projects/${project}/keys`, { name, environment: "live", ...more });
  const plain = await make("plain");
  const limited = await make("limited", { limits: { rate: { limit: RATE, windowSeconds: 5 } } });
  const keys = {
    plainId: plain.key.id,
    plain: plain.secret,
    limitedId: limited.key.id,
    limited: limited.secret,
  };
  await expect.poll(() => service.verify(one.verifier, keys.plain), POLL).toBe("VALID");
  return { one, project, keys };
}

async function usageOf(operator: Operator, { url }: { url: string }, project: string): Promise<number> {
  const { total } = await operator.call(url, "GET", `/projects/${project}/usage?interval=day`);
  return total;
}

/** What services were answered is what the usage figures say, neither more nor less. */
async function expectUsage(operator: Operator, at: { url: string }, project: string): Promise<void> {
  await expect.poll(() => usageOf(operator, at, project), POLL).toBe(service.answered);
}

async function expectHealthy(operator: Operator): Promise<void> {
  const ask = () =>
    operator.run(["doctor", "--json"]).then(
      (out) => JSON.parse(out).ok,
      (error: Error) => error.message,
    );
  await expect.poll(ask, POLL).toBe(true);
}

interface Rotated {
  project: string;
  keys: Keys;
  webhook: { webhook: { id: string }; secret: string };
}

async function rotateSecrets(
  operator: Operator,
  one: One,
  { project, keys, webhook }: Rotated,
): Promise<One> {
  const call = (method: string, path: string, body?: unknown) => operator.call(one.url, method, path, body);
  // The secret of a key: the old one works until its overlap ends.
  const old = keys.plain;
  const rotated = await call("POST", `/projects/${project}/keys/${keys.plainId}/rotate`, {
    overlapSeconds: 3_600,
  });
  keys.plain = rotated.secret;
  for (const secret of [old, keys.plain])
    await expect.poll(() => service.verify(one.verifier, secret), POLL).toBe("VALID");
  const former = rotated.key.secrets.find(({ lapsesAt }: { lapsesAt: string | null }) => lapsesAt !== null);
  await call("DELETE", `/projects/${project}/keys/${keys.plainId}/secrets/${former.id}`);
  await expect.poll(() => service.verify(one.verifier, old), POLL).not.toBe("VALID");

  // The service's token.
  const { items: tokens } = await call("GET", "/admin/service-tokens");
  const oldToken = service.token;
  const next = await call("POST", `/admin/service-tokens/${tokens[0].id}/rotate`, { overlapSeconds: 3_600 });
  service.token = next.token;
  await expect.poll(() => service.verify(one.verifier, keys.plain), POLL).toBe("VALID");
  await call("DELETE", `/admin/service-tokens/${tokens[0].id}/older`);
  const withOldToken = () =>
    fetch(`${one.verifier}/api/v1/keys/verify`, {
      method: "POST",
      headers: { authorization: `Bearer ${oldToken}`, "content-type": "application/json" },
      body: JSON.stringify({ key: keys.plain, api: "badges" }),
    }).then(({ status }) => status);
  await expect.poll(withOldToken, POLL).toBe(401);

  // The management token: a second one, then the first is revoked.
  const { items: own } = await call("GET", "/me/tokens");
  operator.token = await operator.run([
    "token",
    "create",
    "--user",
    "ada@example.com",
    "--name",
    "terraform 2",
  ]);
  await call("DELETE", `/me/tokens/${own[0].id}`);

  // The signing secret of the webhook, and the auth secret that seals it.
  const hook = `/projects/${project}/webhooks/${webhook.webhook.id}`;
  await expectSigned(operator, one, hook, webhook.secret);
  const { secret: signingSecret } = await call("POST", `${hook}/rotate-secret`);
  await expectSigned(operator, one, hook, signingSecret);
  const before = await readFile(join(operator.settings.LATCHKEY_DATA_DIR ?? "", "auth-secret"), "utf8");
  await operator.run(["auth-secret", "rotate"]);
  operator.settings.LATCHKEY_METRICS_TOKEN = "second-metrics-token-0123456789";
  await one.stop();
  let again = await startOne(operator);
  await operator.run(["auth-secret", "reseal"]);
  await operator.run(["auth-secret", "forget", "--now"]);
  await again.stop();
  again = await startOne(operator);
  const after = await readFile(join(operator.settings.LATCHKEY_DATA_DIR ?? "", "auth-secret"), "utf8");
  expect(after).not.toBe(before);
  await expectSigned(operator, again, hook, signingSecret);
  return again;
}

/** A test event arrives, signed with this secret. */
async function expectSigned(operator: Operator, one: One, hook: string, secret: string): Promise<void> {
  const seen = receiver.received.length;
  await operator.call(one.url, "POST", `${hook}/test`);
  await expect.poll(() => receiver.received.length, POLL).toBeGreaterThan(seen);
  const last = receiver.received.at(-1);
  expect(() => new Webhook(secret).verify(last?.body ?? "", last?.headers ?? {})).not.toThrow();
}

interface Machine {
  process: Started;
  env: Record<string, string>;
}
interface Machines {
  operator: Operator;
  portal: Started;
  portalEnv: Record<string, string>;
  verifiers: [Machine, Machine];
}

/** A portal and two verifiers, each with its data directory. The portal keeps the one of the single machine. */
async function startMachines(operator: Operator, root: string): Promise<Machines> {
  await operator.run(["migrate"]);
  const start = async (name: string): Promise<Machine> => {
    const env = { LATCHKEY_DATA_DIR: join(root, name) };
    return { env, process: await operator.verifier(env) };
  };
  const portalEnv = {};
  const [portal, first, second] = [await operator.portal(portalEnv), await start("one"), await start("two")];
  return { operator, portal, portalEnv, verifiers: [first, second] };
}

/** Both verifiers together let exactly as many requests pass as the limit says. */
async function expectSharedLimit(verifiers: Machine[], key: string): Promise<void> {
  // The window of before is over, and the counters are there.
  await expect
    .poll(
      async () => {
        const codes: string[] = [];
        for (let time = 0; time < 2 * RATE; time++)
          codes.push(await service.verify(verifiers[time % verifiers.length]?.process.url ?? "", key));
        return codes.filter((code) => code === "VALID").length;
      },
      { timeout: 60_000, interval: 6_000 },
    )
    .toBe(RATE);
}

async function restart(machines: Machines, at: 0 | 1): Promise<void> {
  const machine = machines.verifiers[at];
  await machine.process.stop();
  machine.process = await machines.operator.verifier(machine.env);
}

interface Passwords {
  databaseUrl: (password: string) => string;
  keys: Keys;
}

/** A second account on Postgres, a second password on Redis; verifiers one by one, so that one always answers. */
async function rotatePasswords(
  operator: Operator,
  machines: Machines,
  { databaseUrl, keys }: Passwords,
): Promise<void> {
  await adminQuery(postgres.url, "create role latchkey2 login superuser password 'autumn'");
  const url = new URL(databaseUrl("autumn"));
  url.username = "latchkey2";
  operator.settings.DATABASE_URL = url.href;
  await redis.send("ACL SETUSER latchkey on >first ~* &* +@all");
  const redisUrl = new URL(redis.url);
  [redisUrl.username, redisUrl.password] = ["latchkey", "first"];
  operator.settings.REDIS_URL = redisUrl.href;
  for (const at of [0, 1] as const) {
    await restart(machines, at);
    expect(await service.verify(machines.verifiers[at].process.url, keys.plain)).toBe("VALID");
  }
  await machines.portal.stop();
  machines.portal = await operator.portal(machines.portalEnv);
  await adminQuery(postgres.url, "alter role latchkey nologin");
}

async function loseVerifier({ operator, verifiers: [first, second] }: Machines, keys: Keys): Promise<void> {
  for (let time = 0; time < 10; time++) await service.verify(first.process.url, keys.plain);
  await first.process.stop("SIGKILL");
  expect(await service.verify(second.process.url, keys.plain)).toBe("VALID");
  first.process = await operator.verifier(first.env);
  expect(await service.verify(first.process.url, keys.plain)).toBe("VALID");
}

async function losePortal(machines: Machines, keys: Keys): Promise<void> {
  await machines.portal.stop("SIGKILL");
  for (const { process } of machines.verifiers)
    expect(await service.verify(process.url, keys.plain)).toBe("VALID");
  machines.portal = await machines.operator.portal(machines.portalEnv);
}

async function loseRedis({ verifiers }: Machines, keys: Keys): Promise<void> {
  await redis.kill();
  for (const { process } of verifiers) {
    await expect.poll(() => service.verify(process.url, keys.limited), POLL).toBe("503");
    expect(await service.verify(process.url, keys.plain)).toBe("VALID");
  }
  await redis.start();
  await redis.send("ACL SETUSER latchkey on >first ~* &* +@all");
  for (const { process } of verifiers)
    await expect.poll(() => service.verify(process.url, keys.limited), POLL).not.toBe("503");
}

async function losePostgres({ verifiers }: Machines, keys: Keys): Promise<void> {
  await postgres.halt("SIGQUIT");
  for (const { process } of verifiers) expect(await service.verify(process.url, keys.plain)).toBe("VALID");
  await postgres.start();
  for (const { process } of verifiers)
    await expect.poll(() => fetch(`${process.url}/readyz`).then(({ ok }) => ok), POLL).toBe(true);
}

/** The disk of Postgres is gone: the last backup into a new database. What was answered since is in no backup. */
async function loseDatabase(operator: Operator, machines: Machines, { keys }: Passwords): Promise<void> {
  const backup = join(dir, "backup-of-postgres");
  await operator.run(["backup", backup]);
  for (const { process } of machines.verifiers) await process.stop();
  await machines.portal.stop();
  await adminQuery(postgres.url, "drop database latchkey");
  await adminQuery(postgres.url, "create database latchkey owner latchkey2");
  await operator.run(["restore", backup]);
  machines.portal = await operator.portal(machines.portalEnv);
  for (const machine of machines.verifiers) {
    machine.process = await operator.verifier(machine.env);
    expect(await service.verify(machine.process.url, keys.plain)).toBe("VALID");
  }
}

function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}
