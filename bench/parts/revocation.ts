import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { seedDemo } from "#demo/seed.ts";
import type { Ctx } from "#domain/context.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { startPostgres } from "#test/postgres.ts";
import { asAdmin } from "../lib/admin.ts";
import { CALL } from "../lib/calls.ts";
import { addKeys } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import type { Server } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const VERIFIERS = 4;
const KEYS = 300;
/** A verifier that returns the old verdict longer than this after the response violates the guarantee (docs/operate/failures.md). */
const BOUND_MS = 1_000;

/** Time from the response to a revocation until the last old verdict of any of several verifiers, on Postgres. */
export async function measureRevocation(port: number): Promise<Goal> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const postgres = await startPostgres();
  await migrateDb(postgres.url);
  const db = await openDb(postgres.url);
  const verifiers: Server[] = [];
  try {
    const demo = await seedDemo({ db, nowMs: Date.now(), checks: 10_000 });
    const projectId = demo.projects[0]?.id ?? "";
    const secrets = await addKeys(db, projectId, KEYS);
    const { q, t } = db.read;
    const rows = await q.select({ id: t.keys.id, name: t.keys.name }).from(t.keys);
    const idOf = new Map(rows.map(({ id, name }) => [name, id]));
    for (let n = 0; n < VERIFIERS; n++) {
      const env = {
        DATABASE_URL: postgres.url,
        LATCHKEY_DATA_DIR: join(folder, String(n)),
        LATCHKEY_HOST: "127.0.0.1",
        AUTH_SECRET: "only-for-the-benchmark-0123456789abcdef",
      };
      verifiers.push(await startVerifier({ env }, port + n));
    }
    const ctx = await asAdmin(db);
    const delays: number[] = [];
    for (const [n, key] of secrets.entries()) {
      const keyId = idOf.get(`fleet ${n}`) ?? "";
      delays.push(await revokeAndWatch(ctx, { projectId, keyId }, key, demo.serviceToken, verifiers));
    }
    const sorted = delays.toSorted((a, b) => a - b);
    return {
      name: `Revocation with ${VERIFIERS} verifiers on Postgres: from its answer to the last old verdict, 99th percentile of ${KEYS}`,
      measured: sorted[Math.ceil(KEYS * 0.99) - 1] ?? Number.NaN,
      limit: 100,
      is: "at most",
      unit: "ms",
      details: [
        `median ${shown(median(delays))} ms, the longest ${shown(sorted.at(-1) ?? 0)} ms; 0 if no old verdict came after the response`,
      ],
    };
  } finally {
    await Promise.all(verifiers.map((verifier) => verifier.stop()));
    await db.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Checks the key at every verifier in a loop during its revocation. Resolves with the time of the last old verdict after the response, ms. */
async function revokeAndWatch(
  ctx: Ctx,
  input: { projectId: string; keyId: string },
  key: string,
  serviceToken: string,
  verifiers: readonly Server[],
): Promise<number> {
  let respondedAt = Number.POSITIVE_INFINITY;
  const watch = async ({ url }: Server, firstSeen: () => void) => {
    let lastOld = 0;
    for (;;) {
      const code = await ask(url, key, serviceToken);
      if (code === "VALID") lastOld = performance.now();
      else if (code === "KEY_REVOKED") return lastOld;
      else throw new Error(`a verifier answered ${code}`);
      firstSeen();
      if (lastOld - respondedAt > BOUND_MS) throw new Error(`${url} still returns the old verdict`);
    }
  };
  const known: Promise<void>[] = [];
  const watching = verifiers.map((verifier) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    known.push(promise);
    return watch(verifier, resolve);
  });
  await Promise.race([Promise.all(known), Promise.all(watching)]);
  await revokeKey({ ctx, input });
  respondedAt = performance.now();
  return Math.max(0, ...(await Promise.all(watching)).map((lastOld) => lastOld - respondedAt));
}

async function ask(url: string, key: string, serviceToken: string): Promise<string> {
  const response = await fetch(url + VERIFY, {
    method: "POST",
    headers: { Authorization: `Bearer ${serviceToken}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key, ...CALL }),
  });
  const { code } = (await response.json()) as { code?: string };
  return code ?? `${response.status}`;
}
