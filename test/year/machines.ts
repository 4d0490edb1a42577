import { join } from "node:path";
import { expect } from "vitest";
import { adminQuery, type OwnPostgres } from "../postgres.ts";
import type { RedisServer } from "../redis.ts";
import type { Operator, Started } from "./operator.ts";
import { type Keys, POLL, RATE, service } from "./site.ts";

interface Machine {
  process: Started;
  env: Record<string, string>;
}

/** Servers that the operator runs beside the machines. */
interface Servers {
  postgres: OwnPostgres;
  redis: RedisServer;
  /** Has the data directory of each machine. */
  root: string;
}

/** A deployment of several machines. */
export interface Machines extends Servers {
  operator: Operator;
  portal: Started;
  portalEnv: Record<string, string>;
  verifiers: [Machine, Machine];
}

/** A portal and two verifiers, each with its data directory. The portal keeps the one of the single machine. */
export async function startMachines(operator: Operator, servers: Servers): Promise<Machines> {
  await operator.run(["migrate"]);
  const start = async (name: string): Promise<Machine> => {
    const env = { LATCHKEY_DATA_DIR: join(servers.root, name) };
    return { env, process: await operator.verifier(env) };
  };
  const portalEnv = {};
  const [portal, first, second] = [await operator.portal(portalEnv), await start("one"), await start("two")];
  return { ...servers, operator, portal, portalEnv, verifiers: [first, second] };
}

/** Both verifiers together let exactly as many requests pass as the limit says. */
export async function expectSharedLimit(verifiers: Machine[], key: string): Promise<void> {
  // The window of before is over, and the counters are there.
  await expect
    .poll(
      async () => {
        // At once, so that all are in one window on a busy machine too.
        const codes = await Promise.all(
          Array.from({ length: 2 * RATE }, (_, time) =>
            service.verify(verifiers[time % verifiers.length]?.process.url ?? "", key),
          ),
        );
        return codes.filter((code) => code === "VALID").length;
      },
      { ...POLL, interval: 6_000 },
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
export async function rotatePasswords(
  operator: Operator,
  machines: Machines,
  { databaseUrl, keys }: Passwords,
): Promise<void> {
  await adminQuery(machines.postgres.url, "create role latchkey2 login superuser password 'autumn'");
  const url = new URL(databaseUrl("autumn"));
  url.username = "latchkey2";
  operator.settings.DATABASE_URL = url.href;
  await machines.redis.send("ACL SETUSER latchkey on >first ~* &* +@all");
  const redisUrl = new URL(machines.redis.url);
  [redisUrl.username, redisUrl.password] = ["latchkey", "first"];
  operator.settings.REDIS_URL = redisUrl.href;
  for (const at of [0, 1] as const) {
    await restart(machines, at);
    expect(await service.verify(machines.verifiers[at].process.url, keys.plain)).toBe("VALID");
  }
  await machines.portal.stop();
  machines.portal = await operator.portal(machines.portalEnv);
  await adminQuery(machines.postgres.url, "alter role latchkey nologin");
}

export async function loseVerifier(
  { operator, verifiers: [first, second] }: Machines,
  keys: Keys,
): Promise<void> {
  for (let time = 0; time < 10; time++) await service.verify(first.process.url, keys.plain);
  await first.process.stop("SIGKILL");
  expect(await service.verify(second.process.url, keys.plain)).toBe("VALID");
  first.process = await operator.verifier(first.env);
  expect(await service.verify(first.process.url, keys.plain)).toBe("VALID");
}

export async function losePortal(machines: Machines, keys: Keys): Promise<void> {
  await machines.portal.stop("SIGKILL");
  for (const { process } of machines.verifiers)
    expect(await service.verify(process.url, keys.plain)).toBe("VALID");
  machines.portal = await machines.operator.portal(machines.portalEnv);
}

export async function loseRedis({ redis, verifiers }: Machines, keys: Keys): Promise<void> {
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

export async function losePostgres({ postgres, verifiers }: Machines, keys: Keys): Promise<void> {
  await postgres.halt("SIGQUIT");
  for (const { process } of verifiers) expect(await service.verify(process.url, keys.plain)).toBe("VALID");
  await postgres.start();
  for (const { process } of verifiers)
    await expect.poll(() => fetch(`${process.url}/readyz`).then(({ ok }) => ok), POLL).toBe(true);
}

/** The disk of Postgres is gone: the last backup into a new database. What was answered since is in no backup. */
export async function loseDatabase(operator: Operator, machines: Machines, keys: Keys): Promise<void> {
  const backup = join(machines.root, "backup-of-postgres");
  await operator.run(["backup", backup]);
  for (const { process } of machines.verifiers) await process.stop();
  await machines.portal.stop();
  await adminQuery(machines.postgres.url, "drop database latchkey");
  await adminQuery(machines.postgres.url, "create database latchkey owner latchkey2");
  await operator.run(["restore", backup]);
  machines.portal = await operator.portal(machines.portalEnv);
  for (const machine of machines.verifiers) {
    machine.process = await operator.verifier(machine.env);
    expect(await service.verify(machine.process.url, keys.plain)).toBe("VALID");
  }
}
