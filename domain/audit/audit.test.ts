import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import type { Ctx, UserActor } from "../context.ts";
import { revokeKey } from "../keys/revoke.ts";
import { updateKey } from "../keys/update.ts";
import { listAudit } from "./list.ts";

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
  keyId = (await makeKey(ctx, projectId)).key.id;
  await makeKey(ctx, projectId, { name: "another" });
  await updateKey({ ctx, input: { projectId, keyId, name: "renamed" } });
  await revokeKey({ ctx, input: { projectId, keyId } });
});

test("the newest row is first, even within one millisecond, and pages contain each row once", async () => {
  const actions: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit({ ctx, input: { projectId, limit: 1, cursor } });
    actions.push(...page.items.map((row) => row.action));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(actions).toEqual(["key.revoked", "key.updated", "key.created", "key.created"]);
});

test("a change is shown as before and after, with only the changed fields", async () => {
  const { items } = await listAudit({ ctx, input: { projectId, subjectId: keyId, limit: 50 } });
  expect(items.find((row) => row.action === "key.updated")).toMatchObject({
    actor: { id: owner.userId, name: owner.name },
    address: owner.ipAddress,
    subject: { id: keyId, name: "renamed" },
    before: { name: "checkout server" },
    after: { name: "renamed" },
  });
});

test("members can read the history of one key without IP addresses; only owners can read the project's log", async () => {
  const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"));
  const { items } = await listAudit({ ctx: viewer, input: { projectId, subjectId: keyId, limit: 50 } });
  expect(items).toHaveLength(3);
  expect(items.every((row) => row.address === null)).toBe(true);
  const whole = listAudit({ ctx: viewer, input: { projectId, limit: 50 } });
  await expect(whole).rejects.toMatchObject({ code: "forbidden" });
  for (const subjectId of [projectId, owner.userId, "nothing"]) {
    const other = listAudit({ ctx: viewer, input: { projectId, subjectId, limit: 50 } });
    await expect(other, subjectId).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("a project's log never shows rows of another project, whatever subject is requested", async () => {
  const other = await makeUser(db);
  const otherProject = await makeProject(db, other);
  const asOther = ctxOf(db, other);
  const own = await listAudit({
    ctx: asOther,
    input: { projectId: otherProject, subjectId: keyId, limit: 50 },
  });
  expect(own.items).toEqual([]);
});

test("only administrators can read the site's log", async () => {
  await expect(listAudit({ ctx, input: { limit: 50 } })).rejects.toMatchObject({ code: "forbidden" });
  const { items } = await listAudit({ ctx: ctxOf(db, await makeAdmin(db)), input: { limit: 50 } });
  expect(items).toHaveLength(4);
});

test("a cursor that no list returned is rejected as such", async () => {
  for (const cursor of ["nonsense", btoa('["text"]'), btoa("[1.5]"), btoa("[1,2]"), btoa("{}")]) {
    const attempt = listAudit({ ctx, input: { projectId, limit: 50, cursor } });
    await expect(attempt).rejects.toMatchObject({ code: "invalid", errors: [{ path: "cursor" }] });
  }
});
