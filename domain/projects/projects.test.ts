import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeMember, makeUser } from "#test/people.ts";
import { revokeKey } from "../keys/revoke.ts";
import { createProject } from "./create.ts";
import { deleteProject } from "./delete.ts";
import { getProject, listProjects } from "./list.ts";
import { getDeletedProject, listDeletedProjects } from "./list-deleted.ts";
import { listDeletedProjectsSchema, listProjectsSchema } from "./schema.ts";
import { setCeiling } from "./set-ceiling.ts";
import { resumeProject, suspendProject } from "./suspend.ts";
import { updateProject } from "./update.ts";

let db: Db;
let ctx: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  ctx = ctxOf(db, await makeUser(db, { name: "Ada" }));
});

const create = (name = "Chat") => createProject({ ctx, input: { name } });
const list = (asked: Record<string, unknown> = {}) =>
  listProjects({ ctx, input: listProjectsSchema.parse(asked) });

test("the user who creates a project owns it", async () => {
  const { id } = await create();
  expect(await getProject({ ctx, input: { projectId: id } })).toMatchObject({
    role: "owner",
    owners: [{ name: "Ada" }],
    members: 1,
    liveKeys: 0,
  });
});

test("the list has the user's own projects by name, in pages; an administrator may ask for all", async () => {
  for (const name of ["beta", "Alpha", "beta"]) await create(name);
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["Alpha", "beta", "beta"]);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  await expect(list({ all: true })).rejects.toMatchObject({ code: "forbidden" });
  ctx = ctxOf(db, await makeAdmin(db));
  expect((await list()).items).toEqual([]);
  expect((await list({ all: true })).items).toHaveLength(3);
});

test("a search looks at names and ids, ignores case, and works across pages", async () => {
  for (const name of ["Chat", "chat bot", "Shop", "100% Chat"]) await create(name);
  const { items } = await list({ search: "shop" });
  expect(items.map(({ name }) => name)).toEqual(["Shop"]);
  expect((await list({ search: items[0]?.id })).items).toEqual(items);
  expect((await list({ search: "0%" })).items.map(({ name }) => name)).toEqual(["100% Chat"]);
  const first = await list({ search: "CHAT", limit: 2 });
  const second = await list({ search: "CHAT", limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
    "100% Chat",
    "Chat",
    "chat bot",
  ]);
});

test("a project with a key that isn't revoked can't be deleted; a deleted one is gone for everyone", async () => {
  const input = { projectId: (await create()).id };
  const { key } = await makeKey(ctx, input.projectId);
  await expect(deleteProject({ ctx, input })).rejects.toMatchObject({ code: "conflict" });
  await revokeKey({ ctx, input: { ...input, keyId: key.id } });
  await deleteProject({ ctx, input });
  await expect(getProject({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
  const admin = ctxOf(db, await makeAdmin(db));
  await expect(getProject({ ctx: admin, input })).rejects.toMatchObject({ code: "not-found" });
});

test("administrators list the deleted projects, the latest first, by name or id and in pages", async () => {
  for (const name of ["Chat", "Shop", "Chess"]) {
    const { id: projectId } = await create(name);
    await deleteProject({ ctx, input: { projectId } });
    await db.write(({ q, t }) =>
      q
        .update(t.projects)
        .set({ deletedAt: name === "Shop" ? 3_000 : 2_000 })
        .where(eq(t.projects.id, projectId)),
    );
  }
  await create("Alive");
  const admin = ctxOf(db, await makeAdmin(db));
  const listDeleted = (asked: Record<string, unknown> = {}) =>
    listDeletedProjects({ ctx: admin, input: listDeletedProjectsSchema.parse(asked) });
  const first = await listDeleted({ limit: 2 });
  const second = await listDeleted({ limit: 2, cursor: first.nextCursor });
  const all = [...first.items, ...second.items];
  expect(all.map(({ name }) => name).toSorted()).toEqual(["Chat", "Chess", "Shop"]);
  expect(all[0]).toMatchObject({ name: "Shop", deletedAt: "1970-01-01T00:00:03.000Z" });
  expect(second.nextCursor).toBeNull();
  expect((await listDeleted({ search: "CH" })).items.map(({ name }) => name).toSorted()).toEqual([
    "Chat",
    "Chess",
  ]);
  expect((await listDeleted({ search: all[0]?.id })).items).toEqual([all[0]]);
  await expect(listDeletedProjects({ ctx, input: { limit: 50 } })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("administrators read a deleted project, and no project that isn't deleted", async () => {
  const input = { projectId: (await create("Chat")).id };
  const admin = ctxOf(db, await makeAdmin(db));
  await expect(getDeletedProject({ ctx: admin, input })).rejects.toMatchObject({ code: "not-found" });
  await deleteProject({ ctx, input });
  expect(await getDeletedProject({ ctx: admin, input })).toMatchObject({ id: input.projectId, name: "Chat" });
  await expect(getDeletedProject({ ctx, input })).rejects.toMatchObject({ code: "forbidden" });
});

test("only administrators suspend, suspending twice is once, and verifiers are notified of each change", async () => {
  const input = { projectId: (await create()).id };
  await expect(suspendProject({ ctx, input })).rejects.toMatchObject({ code: "forbidden" });
  const admin = ctxOf(db, await makeAdmin(db));
  expect((await suspendProject({ ctx: admin, input })).suspendedAt).not.toBeNull();
  await suspendProject({ ctx: admin, input });
  expect((await resumeProject({ ctx: admin, input })).suspendedAt).toBeNull();
  const { q, t } = db.read;
  expect(await q.select({ kind: t.changes.kind, subject: t.changes.subject }).from(t.changes)).toEqual(
    Array(2).fill({ kind: "project", subject: input.projectId }),
  );
});

test("only owners rename and limit, only administrators set the ceiling, and neither changes the other", async () => {
  const { id: projectId } = await create();
  const developer = ctxOf(db, await makeMember(db, projectId, "developer"));
  await expect(updateProject({ ctx: developer, input: { projectId, name: "Mine" } })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await updateProject({ ctx, input: { projectId, name: "Talk" } })).name).toBe("Talk");
  const limits = { rate: { limit: 1, windowSeconds: 1 }, quota: null };
  const ceiling = { rate: null, quota: { limit: 5, period: "day" as const } };
  const call = { ctx: developer, input: { projectId, limits } };
  await expect(updateProject(call)).rejects.toMatchObject({ code: "forbidden" });
  await expect(setCeiling({ ctx, input: { projectId, ceiling } })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await updateProject({ ctx, input: { projectId, limits } })).toMatchObject({ name: "Talk", limits });
  const admin = ctxOf(db, await makeAdmin(db));
  expect(await setCeiling({ ctx: admin, input: { projectId, ceiling } })).toMatchObject({ limits, ceiling });
  const none = { rate: null, quota: null };
  expect(await updateProject({ ctx, input: { projectId, limits: none } })).toMatchObject({
    limits: none,
    ceiling,
  });
});
