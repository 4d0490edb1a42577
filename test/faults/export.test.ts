import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openDb } from "#db/open.ts";
import {
  billingSite,
  countUsage,
  currentHour,
  dedupingReceiver,
  exportHelpers,
  newExport,
} from "../billing-fixture.ts";
import { makeTestDatabase } from "../db.ts";
import { FAULT_DIALECTS, TEST_TIMEOUT_MS } from "./settings.ts";

const AUTH_SECRET = "only-for-tests-only-for-tests-0123456789";
/** Five requests of at most 100 events. */
const KEYS = 450;
/** Longer than a process that died keeps others from sending. */
const LEASE_MS = 2 * 60_000;

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** What a process that was killed had done with its request. */
const MOMENTS = {
  "before the receiver stores": { stores: false, answers: false },
  "after it stored": { stores: true, answers: false },
  "after it answered": { stores: true, answers: true },
};

test.each(FAULT_DIALECTS)(
  "on %s, a receiver that drops repeated ids has each unit exactly once, whenever the sending process is killed",
  async (dialect) => {
    const db = await openDb(await makeTestDatabase(dialect), { poolSize: 2 });
    endings.push(() => db.close());
    const site = await billingSite({ toPrivate: true, db });
    const receiver = dedupingReceiver();
    const plan = [...Object.values(MOMENTS), ...Object.values(MOMENTS)];
    let child: ChildProcess | null = null;
    let arrived = 0;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      // Each process is killed at its second request, the last ones never.
      arrived++;
      const moment = arrived % 2 === 0 ? plan.shift() : undefined;
      if (moment?.stores ?? true) receiver.take({ headers: [], body: Buffer.concat(chunks).toString() });
      if (moment?.answers ?? true) await answered(response);
      if (moment) child?.kill("SIGKILL");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endings.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    const { id } = await newExport(site.ctx, { url: `http://127.0.0.1:${port}/events` });
    const hour = currentHour(site);
    await countUsage(
      site,
      Array.from({ length: KEYS }, (_, at) => ({
        hour,
        keyId: `key_${at}`,
        requests: at + 1,
        units: 2 * at + 1,
      })),
    );
    const { closeHour, reconcile, stateOf } = exportHelpers(() => site);
    closeHour();
    let killed = 0;
    for (let isDone = false; !isDone; ) {
      site.clock.advance(LEASE_MS);
      child = spawn(process.execPath, ["test/faults/export-process.ts"], {
        env: {
          ...process.env,
          DATABASE_URL: db.url,
          AUTH_SECRET,
          LATCHKEY_TEST_NOW: String(site.clock.now()),
        },
        stdio: ["ignore", "inherit", "inherit"],
      });
      const [code, signal] = await once(child, "exit");
      if (signal === "SIGKILL") killed++;
      else expect(code).toBe(0);
      isDone = (await stateOf(id)).pendingEvents === 0 && signal === null;
    }
    expect(killed).toBeGreaterThanOrEqual(3);
    // Otherwise nothing was repeated, and this test would show nothing.
    expect(receiver.requests.flat().length).toBeGreaterThan(receiver.seen.size);
    expect(receiver.seen.size).toBe(KEYS);
    expect(receiver.total()).toEqual({ requests: (KEYS * (KEYS + 1)) / 2, units: KEYS ** 2 });
    expect((await reconcile(id)).total).toMatchObject({
      balanced: true,
      acknowledged: { requests: (KEYS * (KEYS + 1)) / 2, units: KEYS ** 2 },
    });
  },
  TEST_TIMEOUT_MS,
);

async function answered(response: ServerResponse): Promise<void> {
  const finished = once(response, "finish");
  response.writeHead(204).end();
  await finished;
}
