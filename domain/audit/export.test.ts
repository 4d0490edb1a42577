import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import type { Ctx, UserActor } from "../context.ts";
import { revokeKey } from "../keys/revoke.ts";
import { exportAudit } from "./export.ts";
import { auditFileChunks } from "./export-chunks.ts";
import { listAudit } from "./list.ts";
import { sealAudit } from "./seal.ts";

let db: Db;
let owner: UserActor;
let ctx: Ctx;
let projectId: string;
let keyId: string;
beforeEach(async () => {
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
  ctx = ctxOf(db, owner);
  keyId = (await makeKey(ctx, projectId, { name: "=1+1" })).key.id;
  await revokeKey({ ctx, input: { projectId, keyId } });
  await sealAudit(db);
});

async function textOf(asked: Parameters<typeof exportAudit>[0]): Promise<string> {
  let text = "";
  for await (const part of auditFileChunks(asked.ctx.db, (await exportAudit(asked)).plan)) text += part;
  return text;
}

test("JSONL has one row per line, oldest first, with its position in the chain", async () => {
  const text = await textOf({ ctx, input: { projectId, format: "jsonl" } });
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map((row) => row.action)).toEqual(["key.created", "key.revoked"]);
  expect(rows[0]).toMatchObject({
    actorId: owner.userId,
    actorName: owner.name,
    subjectId: keyId,
    after: { name: "=1+1" },
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(rows[1].chain).toBe(rows[0].chain + 1);
});

test("CSV has a header, one row per line, and no formulas", async () => {
  const text = await textOf({ ctx, input: { projectId, format: "csv" } });
  const lines = text.trimEnd().split("\n");
  expect(lines[0]).toBe(
    "id,at,actorId,actorName,via,address,action,projectId,subjectId,subjectName,before,after,chain,hash",
  );
  expect(lines).toHaveLength(3);
  expect(text).toContain(",'=1+1,");
});

test("an export of many pages is complete and omits rows written meanwhile", async () => {
  const row = {
    via: "session",
    actorName: "Ada",
    action: "key.updated",
    projectId,
    subjectId: keyId,
    subjectName: "x",
    at: 1,
  };
  await db.write(async ({ q, t }) => {
    for (let at = 0; at < 5_000; at += 500) {
      await q
        .insert(t.audit)
        .values(Array.from({ length: 500 }, (_, i) => ({ ...row, id: `aud_${at + i}` })));
    }
  });
  const { plan } = await exportAudit({ ctx, input: { projectId, action: "key", format: "jsonl" } });
  let lines = 0;
  for await (const part of auditFileChunks(db, plan)) {
    if (lines === 0)
      await revokeKey({ ctx, input: { projectId, keyId: (await makeKey(ctx, projectId)).key.id } });
    lines += part.split("\n").length - 1;
  }
  expect(lines).toBe(5_002);
});

test("only users who may read the list can export it, and the file shows no more than the list", async () => {
  const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"));
  const whole = exportAudit({ ctx: viewer, input: { projectId, format: "csv" } });
  await expect(whole).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportAudit({ ctx, input: { format: "csv" } })).rejects.toMatchObject({ code: "forbidden" });
  const own = await textOf({ ctx: viewer, input: { projectId, subjectId: keyId, format: "jsonl" } });
  expect(own).toContain("key.revoked");
  expect(own).not.toContain(owner.ipAddress);
});

test("filters by person, action and time each exclude other rows", async () => {
  const admin = await makeAdmin(db);
  const site = ctxOf(db, admin);
  await makeKey(site, projectId);
  const list = async (filter: object) => {
    const { items } = await listAudit({ ctx: site, input: { projectId, limit: 50, ...filter } });
    return items.map((row) => row.action);
  };
  expect(await list({ actorId: admin.userId })).toEqual(["key.created"]);
  expect(await list({ action: "key.revoked" })).toEqual(["key.revoked"]);
  expect(await list({ action: "key" })).toEqual(["key.created", "key.revoked", "key.created"]);
  expect(await list({ action: "project" })).toEqual([]);
  const now = ctx.now();
  expect(await list({ from: now + 1 })).toEqual([]);
  expect(await list({ to: now + 1 })).toHaveLength(3);
});
