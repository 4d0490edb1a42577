import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "#core/ids.ts";
import type { Limits } from "#core/limits/types.ts";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { migrateDb } from "#db/migrate.ts";
import { type Db, openDb } from "#db/open.ts";
import { type SeededDemo, seedDemo } from "#demo/seed.ts";
import { keyApisOf } from "#domain/keys/restrictions/stored.ts";

/** A temporary SQLite deployment: the environment of its processes and the open database. */
export interface Deployment {
  env: Record<string, string>;
  db: Db;
  demo: SeededDemo;
  remove(): Promise<void>;
}

/** Creates a deployment with the demo's data and `checks` counted checks. */
export async function freshDeployment(checks: number): Promise<Deployment> {
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const url = `file:${join(dataDir, "latchkey.db")}`;
  await migrateDb(url);
  const db = await openDb(url);
  const demo = await seedDemo({ db, nowMs: Date.now(), checks });
  return {
    env: { LATCHKEY_DATA_DIR: dataDir, DATABASE_URL: url, LATCHKEY_HOST: "127.0.0.1" },
    db,
    demo,
    async remove() {
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Rows of keys at a time: SQLite takes 32,766 parameters a statement. */
const BATCH = 1_000;

/** Adds `count` keys to a project, unrestricted by default, and returns their secrets. */
export async function addKeys(
  db: Db,
  projectId: string,
  count: number,
  {
    restrictions = NO_RESTRICTIONS,
    limits = null,
  }: { restrictions?: Restrictions; limits?: Limits | null } = {},
): Promise<string[]> {
  const { t } = db.read;
  const [creator] = await db.read.q.select({ id: t.users.id }).from(t.users).limit(1);
  const nowMs = Date.now();
  const tokens = Array.from({ length: count }, () => generateToken("lk", "live"));
  await db.write(async ({ q }) => {
    for (let at = 0; at < count; at += BATCH) {
      const keys = tokens.slice(at, at + BATCH).map((token, i) => ({ token, id: newId("key"), n: at + i }));
      await q.insert(t.keys).values(
        keys.map(({ id, n }) => ({
          id,
          projectId,
          name: `fleet ${n}`,
          environment: "live" as const,
          enabled: true,
          restrictions,
          restrictedBy: restrictedBy(restrictions),
          limits,
          metadata: {},
          createdAt: nowMs - n * 1_000,
          createdBy: creator?.id ?? "",
        })),
      );
      await q.insert(t.keyApis).values(keys.flatMap(({ id }) => keyApisOf({ id, projectId, restrictions })));
      await q.insert(t.secrets).values(
        keys.map(({ id, token, n }) => ({
          id: newId("secret"),
          keyId: id,
          hash: hashToken(token),
          hint: hintOf(token),
          createdAt: nowMs - n * 1_000,
        })),
      );
    }
  });
  return tokens;
}
