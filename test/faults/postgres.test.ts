import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { adminQuery, type OwnPostgres, startOwnPostgres, withDatabase } from "../postgres.ts";
import { type FaultDeployment, STALE_MAX_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const MONTHLY = { limit: 80, period: "month" as const };
/** Longer than verifiers may answer from cached data. */
const OUTAGE_MS = STALE_MAX_MS + FAULT_MS;

let server: OwnPostgres;
let deployment: FaultDeployment;
let name: string;
let proxy: InterruptibleProxy;

beforeAll(async () => {
  server = await startOwnPostgres();
  name = `latchkey_${randomBytes(4).toString("hex")}`;
  await adminQuery(server.url, `create database ${name}`);
  const url = withDatabase(server.url, name);
  await migrateDb(url);
  deployment = await startFaultDeployment(url);
  const rate = { limit: 50, windowSeconds: 3_600 };
  const both = [await deployment.makeLimited({ rate }), await deployment.makeLimited({ quota: MONTHLY })];
  proxy = await startInterruptibleProxy(url);
  // One connects directly, one through the proxy. Each has its own data directory, as on separate machines.
  await deployment.start("direct", { LATCHKEY_DATA_DIR: await deployment.makeDir() });
  await deployment.start("proxied", {
    LATCHKEY_DATA_DIR: await deployment.makeDir(),
    DATABASE_URL: proxy.url,
  });
  // Without Redis only the first verifier evaluates limits; the other one never does.
  const isLimited = (subject: string) => both.some((one) => one.subject === subject);
  const always = { from: 0, to: Number.POSITIVE_INFINITY };
  deployment.history.outages.push({ verifier: "proxied", ...always, subjects: isLimited });
}, TEST_TIMEOUT_MS);
afterAll(async () => {
  await deployment.remove();
  await proxy.disconnect();
  await server.stop();
});

test("a connection that breaks when a transaction begins is replaced in the pool", async () => {
  const ownProxy = await startInterruptibleProxy(withDatabase(server.url, name));
  const db = await openDb(ownProxy.url, { poolSize: 1 });
  const write = () => db.write(({ q, t }) => q.select({ id: t.keys.id }).from(t.keys).limit(1));
  await write();
  ownProxy.pauseResponses();
  const breaks = expect(write()).rejects.toThrow();
  await ownProxy.disconnect();
  await breaks;
  ownProxy.resumeResponses();
  await ownProxy.reconnect();
  await expect
    .poll(() =>
      write().then(
        () => "written",
        () => "failed",
      ),
    )
    .toBe("written");
  await db.close();
  await ownProxy.disconnect();
});

beforeEach(() => deployment.begin());
afterEach(async () => {
  proxy.resumeResponses();
  await deployment.mutator.stop();
  await deployment.load.stop();
});

test.each(["SIGINT", "SIGQUIT"] as const)(
  "Postgres stops (%s) for longer than stale verdicts are allowed and restarts: no verdict is guessed and no count or change is lost",
  async (signal) => {
    const since = performance.now();
    deployment.mutator.retriesFailures = true;
    const endDisconnection = deployment.recordDisconnection();
    await server.halt(signal);
    await pause(OUTAGE_MS);
    await server.start();
    endDisconnection();
    for (const verifier of ["direct", "proxied"])
      expect(deployment.answersOf(verifier, 503, since)).toBeGreaterThan(0);
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "Postgres closes every connection repeatedly",
  async () => {
    deployment.mutator.retriesFailures = true;
    const until = performance.now() + FAULT_MS;
    while (performance.now() < until) {
      const endDisconnection = deployment.recordDisconnection();
      await adminQuery(
        server.url,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      endDisconnection();
      await pause(150);
    }
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "when responses of Postgres are delayed, late data is not taken for current data",
  async () => {
    const since = performance.now();
    const endDisconnection = deployment.recordDisconnection("proxied");
    proxy.pauseResponses();
    await pause(OUTAGE_MS);
    expect(deployment.answersOf("proxied", 503, since)).toBeGreaterThan(0);
    proxy.resumeResponses();
    endDisconnection();
    expect(deployment.answersOf("direct", 503, since)).toBe(0);
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "one verifier is disconnected while another learns of every revocation",
  async () => {
    const since = performance.now();
    const endDisconnection = deployment.recordDisconnection("proxied");
    await proxy.disconnect();
    await pause(OUTAGE_MS);
    expect(deployment.answersOf("proxied", 503, since)).toBeGreaterThan(0);
    await proxy.reconnect();
    endDisconnection();
    expect(deployment.answersOf("direct", 503, since)).toBe(0);
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);
