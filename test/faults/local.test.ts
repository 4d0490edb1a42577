import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { startInterruptibleProxy } from "../interruptible-proxy.ts";
import { freePort } from "../ports.ts";
import { type FaultDeployment, RECOVERY_TIMEOUT_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

/** An answer is reported at the latest after this time, on a busy machine. */
const REPORT_MS = 2_500;

let deployment: FaultDeployment;
const choose = seededChoice("local");
beforeEach(async () => {
  deployment = await startFaultDeployment(await makeTestDatabase("sqlite"));
});
afterEach(() => deployment.remove());

/** From now on until a moment after the returned function is called, a service may answer 503. */
function mayFail(service: string): () => void {
  const outage = { verifier: service, from: performance.now(), to: Number.POSITIVE_INFINITY };
  deployment.history.outages.push(outage);
  return () => {
    outage.to = performance.now() + RECOVERY_TIMEOUT_MS;
  };
}

test(
  "services with a journal that are killed under load lose no count and no revocation",
  async () => {
    const { url } = await deployment.start("a");
    const journalDir = await deployment.makeDir();
    await deployment.startLocal("service0", [url], journalDir);
    await deployment.begin();
    const until = performance.now() + 2 * FAULT_MS;
    for (let life = 0; performance.now() < until; life++) {
      await pause(choose([200, 400, 900]));
      await deployment.kill(`service${life}`);
      await deployment.startLocal(`service${life + 1}`, [url], journalDir);
    }
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "a service without a journal that is killed loses no more counts than those of the last second",
  async () => {
    const { url } = await deployment.start("a");
    await deployment.startLocal("service0", [url]);
    await deployment.begin();
    await pause(FAULT_MS + REPORT_MS);
    const answers = () => [...deployment.load.answered.values()].reduce((sum, count) => sum + count, 0);
    const killedAt = performance.now();
    await deployment.kill("service0");
    const late = deployment.history.answers.filter(
      ({ verifier, endedAt }) => verifier === "service0" && endedAt > killedAt - REPORT_MS,
    ).length;
    await pause(200);
    await deployment.stop();
    const missing = async () => answers() - (await deployment.counted());
    await expect.poll(missing, { timeout: 20_000, interval: 100 }).toBeLessThanOrEqual(late);
    expect(await missing()).toBeGreaterThanOrEqual(-deployment.load.lost);
  },
  TEST_TIMEOUT_MS,
);

test(
  "a service loses no count and no revocation while the verifiers that it follows are killed",
  async () => {
    const ports = { a: await freePort(), b: await freePort() };
    const start = (name: "a" | "b") => deployment.start(name, { VERIFIER_PORT: String(ports[name]) });
    const urls = [await start("a"), await start("b")].map(({ url }) => url);
    await deployment.startLocal("service", urls);
    await deployment.begin();
    const until = performance.now() + 2 * FAULT_MS;
    while (performance.now() < until) {
      const name = choose(["a", "b"] as const);
      await pause(choose([300, 600, 1_200]));
      const recovered = mayFail("service");
      await deployment.kill(name);
      await start(name);
      recovered();
    }
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "while the connection of a service is cut or held up, it gives no old verdict",
  async () => {
    const { url } = await deployment.start("a");
    const proxy = await startInterruptibleProxy(url);
    try {
      await deployment.startLocal("service", [proxy.url]);
      await deployment.begin();
      for (const interrupt of [
        { begin: proxy.disconnect, end: proxy.reconnect },
        { begin: async () => proxy.pauseResponses(), end: async () => proxy.resumeResponses() },
      ]) {
        await pause(500);
        const recovered = mayFail("service");
        await interrupt.begin();
        await pause(choose([1_500, 2_500]));
        await interrupt.end();
        recovered();
        await deployment.waitForVerdicts();
      }
      await deployment.stopAndVerify();
      expect(deployment.answersOf("service", 200)).toBeGreaterThan(0);
    } finally {
      await proxy.disconnect();
    }
  },
  TEST_TIMEOUT_MS,
);
