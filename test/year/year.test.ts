import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ROOT } from "#cli/build.ts";
import { adminQuery, type OwnPostgres, startOwnPostgres, withDatabase } from "../postgres.ts";
import { type Receiver, startReceiver } from "../receiver.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import {
  expectSharedLimit,
  loseDatabase,
  losePortal,
  losePostgres,
  loseRedis,
  loseVerifier,
  rotatePasswords,
  startMachines,
} from "./machines.ts";
import { hasOldestVersion, installOldestVersion } from "./oldest-version.ts";
import { Operator, stopEverything } from "./operator.ts";
import { rotateSecrets } from "./rotate-secrets.ts";
import { expectHealthy, expectUsage, install, POLL, service, startOne, usageOf } from "./site.ts";

/** For a step that hangs: on a quiet machine the whole year takes a quarter of an hour. */
const YEAR_TIMEOUT_MS = 3 * 3_600_000;

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
  // As the upgrade page says: the new version is built while the old one runs.
  operator.folder = ROOT;
  await operator.run(["build"]);
  await one.stop();
  one = await startOne(operator);
  expect(one.output()).not.toContain("Building the portal");
  for (const secret of [keys.plain, keys.limited])
    expect(await service.verify(one.verifier, secret)).toBe("VALID");
  await expectUsage(operator, one, project);
  await expectHealthy(operator);

  log("March: rotate every secret");
  one = await rotateSecrets(operator, one, { project, keys, webhook, receiver });

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
  const machines = await startMachines(operator, { root: dir, postgres, redis });
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
  await loseDatabase(operator, machines, keys);
  await expectUsage(operator, { url: machines.portal.url }, project);

  log("December: everything is healthy, and the audit log is whole");
  await expectHealthy(operator);
  expect(await operator.run(["doctor", "--audit"])).toMatch(/valid|unchanged|ok/i);
  await machines.portal.stop();
  for (const { process } of machines.verifiers) await process.stop();
}

function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}
