import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDb } from "#db/open.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { startVerifier } from "#test/verifier-process.ts";
import { startInterruptibleProxy } from "../interruptible-proxy.ts";
import { countedChecks } from "../usage.ts";

// Only on Postgres: a SQLite file does not become unreachable.
test("without its database a verifier serves cached verdicts, then answers 503, recovers without a restart and counts everything", async () => {
  if (testDialect() === "sqlite") return;
  const url = await makeTestDatabase();
  const db = await openDb(url);
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-outage-"));
  const admin = await makeAdmin(db);
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const { key, secret } = await makeKey(ctx, projectId);
  const { token } = await makeServiceToken(db);
  const proxy = await startInterruptibleProxy(url);
  const verifier = await startVerifier({
    DATABASE_URL: proxy.url,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_STALE_MAX_SECONDS: "2",
  });
  let answered = 0;
  /** The verdict's code, or the status of a response without a verdict. */
  async function ask(): Promise<string> {
    const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ key: secret, api: "badges" }),
    });
    if (!response.ok) return String(response.status);
    answered++;
    return (await response.json()).code;
  }
  const soon = { timeout: 15_000, interval: 20 };
  try {
    expect(await ask()).toBe("VALID");
    await proxy.disconnect();
    expect(await ask()).toBe("VALID");
    await revokeKey({ ctx, input: { projectId, keyId: key.id } });
    await expect.poll(ask, soon).toBe("503");
    expect((await fetch(`${verifier.url}/readyz`)).status).toBe(503);
    await proxy.reconnect();
    // The first verdict after it has read the missed changes.
    await expect.poll(ask, soon).not.toBe("503");
    expect(await ask()).toBe("KEY_REVOKED");
    // Once more, now that aggregation is connected again too.
    await proxy.disconnect();
    expect(await ask()).toBe("KEY_REVOKED");
    await proxy.reconnect();
    expect(await ask()).toBe("KEY_REVOKED");
    expect(verifier.child.exitCode).toBeNull();
    await verifier.stop();
    expect(await countedChecks(db, { keyId: [key.id] })).toBe(answered);
  } finally {
    await verifier.stop("SIGKILL");
    await proxy.disconnect();
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
