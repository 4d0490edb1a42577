import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { generateToken, hashToken } from "#core/tokens.ts";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase } from "#test/db.ts";
import { enableFor, makeAdmin, makeApi, makeProject, makeServiceToken, START } from "#test/people.ts";
import { startVerifier } from "#test/verifier-process.ts";

const KEYS = 300;
const ENTRIES = 990;
/** Concurrent checks. */
const AT_ONCE = 20;

/** Keys with the maximum of long referrers, both enforced and report-only: 2 MB of memory each. */
async function makeHeavyKeys(db: Db, projectId: string, createdBy: string): Promise<string[]> {
  const setOf = (key: number, kind: string) => ({
    ...NO_RESTRICTIONS,
    referrers: Array.from(
      { length: ENTRIES },
      (_, n) => `h${n}.k${key}.example.com/${kind}${"p".repeat(200)}*`,
    ),
  });
  const tokens: string[] = [];
  for (let key = 0; key < KEYS; key++) {
    const [id, token] = [newId("key"), generateToken("lk", "live")];
    await db.write(async ({ q, t }) => {
      await q.insert(t.keys).values({
        id,
        projectId,
        name: `key ${key}`,
        environment: "live",
        enabled: true,
        restrictions: setOf(key, "enforced"),
        reportOnly: setOf(key, "tried"),
        reportOnlySince: START,
        metadata: {},
        createdAt: START,
        createdBy,
      });
      await q.insert(t.secrets).values({
        id: newId("secret"),
        keyId: id,
        hash: hashToken(token),
        hint: token.slice(0, 12),
        createdAt: START,
      });
    });
    tokens.push(token);
  }
  return tokens;
}

test("keys with the maximum of restrictions don't exceed a verifier's memory limit", async () => {
  const url = await makeTestDatabase();
  const db = await openDb(url);
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-memory-"));
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const keys = await makeHeavyKeys(db, projectId, admin.userId);
  const service = (await makeServiceToken(db)).token;
  await db.close();
  const verifier = await startVerifier({
    DATABASE_URL: url,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_CACHE_MB: "32",
    // Without the bound the cache needs about 450 MB, and the process runs out of memory.
    NODE_OPTIONS: "--max-old-space-size=160",
  });
  try {
    const ask = async (key: string) => {
      const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
        method: "POST",
        headers: { Authorization: `Bearer ${service}`, "Content-Type": "application/json" },
        body: JSON.stringify({ key, api: "badges" }),
      });
      return (await response.json()).code;
    };
    for (let at = 0; at < KEYS; at += AT_ONCE) {
      const codes = await Promise.all(keys.slice(at, at + AT_ONCE).map(ask));
      expect(new Set(codes)).toEqual(new Set(["REFERRER_NOT_ALLOWED"]));
    }
    expect(verifier.child.exitCode).toBeNull();
  } finally {
    await verifier.stop("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
  }
}, 180_000);
