import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { adminQuery, type OwnPostgres, startOwnPostgres, withDatabase } from "../postgres.ts";
import { type FaultDeployment, STALE_MAX_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const MONTHLY = { limit: 80, period: "month" as const };
/** Longer than verifiers may go on from what they know. */
const TOO_LONG_MS = STALE_MAX_MS + FAULT_MS;

let server: OwnPostgres;
let world: FaultDeployment;
let name: string;
let way: InterruptibleProxy;

beforeAll(async () => {
  server = await startOwnPostgres();
  name = `latchkey_${randomBytes(4).toString("hex")}`;
  await adminQuery(server.url, `create database ${name}`);
  const url = withDatabase(server.url, name);
  await migrateDb(url);
  world = await startFaultDeployment(url);
  const rate = { limit: 50, windowSeconds: 3_600 };
  const both = [await world.makeLimited({ rate }), await world.makeLimited({ quota: MONTHLY })];
  way = await startInterruptibleProxy(url);
  // One straight, one by way of what can be cut. They are machines of their own.
  await world.start("straight", { LATCHKEY_DATA_DIR: await world.makeDir() });
  await world.start("round", { LATCHKEY_DATA_DIR: await world.makeDir(), DATABASE_URL: way.url });
  // Without a Redis the one that was there first counts limits, and the other never does.
  const isLimited = (subject: string) => both.some((one) => one.subject === subject);
  const always = { from: 0, to: Number.POSITIVE_INFINITY };
  world.history.outages.push({ verifier: "round", ...always, subjects: isLimited });
}, TEST_TIMEOUT_MS);
afterAll(async () => {
  await world.remove();
  await way.disconnect();
  await server.stop();
});

test("a connection that breaks when a transaction begins is replaced in the pool", async () => {
  const own = await startInterruptibleProxy(withDatabase(server.url, name));
  const db = await openDb(own.url, { poolSize: 1 });
  const write = () => db.write(({ q, t }) => q.select({ id: t.keys.id }).from(t.keys).limit(1));
  await write();
  own.pauseResponses();
  const broken = write();
  await own.disconnect();
  await expect(broken).rejects.toThrow();
  own.resumeResponses();
  await own.reconnect();
  await expect
    .poll(() =>
      write().then(
        () => "written",
        () => "not",
      ),
    )
    .toBe("written");
  await db.close();
  await own.disconnect();
});

beforeEach(() => world.begin());
afterEach(async () => {
  way.resumeResponses();
  await world.changer.stop();
  await world.load.stop();
});

test.each(["SIGINT", "SIGQUIT"] as const)(
  "Postgres stops (%s) for longer than stale verdicts are allowed and restarts: nothing is guessed, lost or forgotten",
  async (signal) => {
    const since = performance.now();
    world.changer.isPatient = true;
    const isBack = world.cutOff();
    await server.halt(signal);
    await pause(TOO_LONG_MS);
    await server.start();
    isBack();
    for (const verifier of ["straight", "round"])
      expect(world.answersOf(verifier, 503, since)).toBeGreaterThan(0);
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);

test(
  "Postgres closes every connection repeatedly",
  async () => {
    world.changer.isPatient = true;
    const until = performance.now() + FAULT_MS;
    while (performance.now() < until) {
      const isBack = world.cutOff();
      await adminQuery(
        server.url,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      isBack();
      await pause(150);
    }
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);

test(
  "when responses of Postgres are delayed, late data is not taken for current data",
  async () => {
    const since = performance.now();
    const isBack = world.cutOff("round");
    way.pauseResponses();
    await pause(TOO_LONG_MS);
    expect(world.answersOf("round", 503, since)).toBeGreaterThan(0);
    way.resumeResponses();
    isBack();
    expect(world.answersOf("straight", 503, since)).toBe(0);
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);

test(
  "one verifier is disconnected while another learns of every revocation",
  async () => {
    const since = performance.now();
    const isBack = world.cutOff("round");
    await way.disconnect();
    await pause(TOO_LONG_MS);
    expect(world.answersOf("round", 503, since)).toBeGreaterThan(0);
    await way.reconnect();
    isBack();
    expect(world.answersOf("straight", 503, since)).toBe(0);
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);
