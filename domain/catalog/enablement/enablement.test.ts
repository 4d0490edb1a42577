import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeApi, makeMember, makeProject, makeUser } from "#test/people.ts";
import type { Ctx, Mail } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { sendNotificationMails } from "../../notifications/mail.ts";
import { approveAccess, declineAccess } from "./decide.ts";
import { disableApi } from "./disable.ts";
import { enableApi } from "./enable.ts";
import { listEnabledApis } from "./enabled-apis.ts";
import { getProjectApiStatus, listProjectApis, listProjectApisForPage } from "./list.ts";
import { listPendingAccess } from "./pending.ts";
import { enableApiSchema } from "./schema.ts";

let db: Db;
let ctx: Ctx;
let admin: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  admin = ctxOf(db, await makeAdmin(db));
  projectId = await makeProject(db, owner);
  await makeApi(db, "badges");
  await makeApi(db, "streams", { access: "approval" });
});

const input = (slug: string) => ({ projectId, slug });
const statusOf = async (slug: string) =>
  (await listProjectApis({ ctx, input: { projectId } })).items.find((api) => api.slug === slug)?.status;
const changes = () => db.read.q.$count(db.read.t.changes, eq(db.read.t.changes.subject, projectId));

test("an open API is enabled immediately, a second time changes nothing, and verifiers are notified", async () => {
  const results = await Promise.all([
    enableApi({ ctx, input: input("badges") }),
    enableApi({ ctx, input: input("badges") }),
  ]);
  expect(results).toEqual([{ status: "enabled" }, { status: "enabled" }]);
  expect(await changes()).toBe(1);
});

test("an API that needs approval is pending, and not enabled meanwhile", async () => {
  expect(await enableApi({ ctx, input: input("streams") })).toEqual({ status: "pending" });
  expect(await changes()).toBe(0);
  const waiting = await listPendingAccess({ ctx: admin, input: { limit: 50 } });
  expect(waiting.items).toMatchObject([{ project: { id: projectId }, api: { slug: "streams" } }]);
  await approveAccess({ ctx: admin, input: input("streams") });
  expect(await statusOf("streams")).toBe("enabled");
  expect(await changes()).toBe(1);
});

test("the administrators are notified of a request and read its reason, however often it is repeated", async () => {
  const mails: Mail[] = [];
  const asking = { ...ctx, sendMail: async () => {} };
  const reason = "  Our shop shows the streams.\u202e ";
  const request = enableApiSchema.parse({ ...input("streams"), reason });
  for (let n = 0; n < 3; n++) {
    expect(await enableApi({ ctx: asking, input: request })).toEqual({ status: "pending" });
    if (n < 2) await disableApi({ ctx, input: input("streams") });
  }
  const waiting = await listPendingAccess({ ctx: admin, input: { limit: 50 } });
  expect(waiting.items).toMatchObject([{ reason: "Our shop shows the streams." }]);
  const { items } = await listProjectApis({ ctx, input: { projectId } });
  expect(items.find((api) => api.slug === "streams")?.reason).toBe("Our shop shows the streams.");
  const list = (of: Ctx) => listNotifications({ ctx: of, input: { limit: 50, unread: false } });
  expect((await list(admin)).items).toMatchObject([
    { kind: "access.requested", text: "Reason: Our shop shows the streams.", path: "/admin/approvals" },
  ]);
  expect((await list(ctx)).items).toEqual([]);
  const sendMail = async (mail: Mail) => void mails.push(mail);
  await sendNotificationMails({ db, sendMail, settings: ctx.settings, now: ctx.now });
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain("Our shop shows the streams.");
  expect(mails[0]?.text).toContain("as an administrator");
});

test("an administrator's own request, and one for an open API, keep no reason and notify nobody", async () => {
  const reason = "Because.";
  await enableApi({ ctx, input: { ...input("badges"), reason } });
  await enableApi({ ctx: admin, input: { ...input("streams"), reason } });
  const { items } = await listProjectApis({ ctx, input: { projectId } });
  expect(items.map((api) => api.reason)).toEqual([null, null]);
  expect((await listNotifications({ ctx: admin, input: { limit: 50, unread: false } })).items).toEqual([]);
});

test("a declined request has a reason, and asking again is a new request", async () => {
  await enableApi({ ctx, input: input("streams") });
  await declineAccess({ ctx: admin, input: { ...input("streams"), message: "Not before March." } });
  const { items } = await listProjectApis({ ctx, input: { projectId } });
  expect(items.find((api) => api.slug === "streams")).toMatchObject({
    status: "declined",
    message: "Not before March.",
  });
  expect(await enableApi({ ctx, input: input("streams") })).toEqual({ status: "pending" });
});

test("a page shows the project's own APIs first and stays below 1 MiB, however many there are", async () => {
  for (let n = 0; n < 520; n++) {
    await makeApi(db, `a-${String(n).padStart(3, "0")}`);
  }
  await db.write((tx) => tx.q.update(tx.t.apis).set({ description: "d".repeat(5_000) }));
  await enableApi({ ctx, input: input("streams") });
  const page = await listProjectApisForPage({ ctx, input: { projectId } });
  expect(page.items[0]).toMatchObject({ slug: "streams", status: "pending" });
  expect(page).toMatchObject({ total: 522, items: expect.objectContaining({ length: 500 }) });
  expect(JSON.stringify(page).length).toBeLessThan(1_048_576);
  expect(await getProjectApiStatus({ ctx, input: input("streams") })).toBe("pending");
  expect(await getProjectApiStatus({ ctx, input: input("a-001") })).toBeNull();
});

test("of two administrators who decide at once, one decides", async () => {
  await enableApi({ ctx, input: input("streams") });
  const results = await Promise.allSettled([
    approveAccess({ ctx: admin, input: input("streams") }),
    declineAccess({ ctx: admin, input: input("streams") }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("access that nobody requested can't be approved", async () => {
  await expect(approveAccess({ ctx: admin, input: input("badges") })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("disabling notifies the verifiers, and disabling what is not enabled changes nothing", async () => {
  await enableApi({ ctx, input: input("badges") });
  await disableApi({ ctx, input: input("badges") });
  await disableApi({ ctx, input: input("badges") });
  expect(await statusOf("badges")).toBeNull();
  expect(await changes()).toBe(2);
});

test("viewers and strangers change nothing, and developers can't approve", async () => {
  const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"));
  const stranger = ctxOf(db, await makeUser(db));
  await expect(enableApi({ ctx: viewer, input: input("badges") })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(enableApi({ ctx: stranger, input: input("badges") })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(approveAccess({ ctx, input: input("streams") })).rejects.toMatchObject({ code: "forbidden" });
});

test("the restrictions editor gets all enabled APIs, with at most 192 KiB of operations besides those in use", async () => {
  const operations = (prefix: string) => Array.from({ length: 3_000 }, (_, n) => `${prefix}.operation-${n}`);
  for (const slug of ["a-large", "b-large", "c-large"]) {
    await makeApi(db, slug, { operations: operations(slug) });
    await enableApi({ ctx, input: input(slug) });
  }
  await makeApi(db, "d-small", { operations: ["sync"] });
  await enableApi({ ctx, input: input("d-small") });
  const named = [
    { api: "c-large", operation: "c-large.operation-2999" },
    { api: "c-large", operation: "c-large.*" },
  ];
  const enabled = await listEnabledApis({ ctx, input: { projectId, named } });
  expect(Buffer.byteLength(JSON.stringify(enabled))).toBeLessThan(256 * 1_024);
  expect(enabled.map(({ slug, complete, operations: { length } }) => [slug, complete, length])).toEqual([
    ["a-large", true, 3_000],
    ["b-large", false, 0],
    ["c-large", false, 1],
    ["d-small", false, 0],
  ]);
  expect(enabled[2]?.operations).toEqual([{ name: "c-large.operation-2999", summary: null }]);
});

test("the restrictions editor gets the scopes of an API and the entry that only reads it", async () => {
  const operations = [
    { name: "list", method: "GET", path: "/", requiredScopes: [["read"]] },
    { name: "sync", method: "POST", path: "/", requiredScopes: [["write"]] },
  ];
  await makeApi(db, "scoped", { operations, scopes: ["write", "read"] });
  await makeApi(db, "unscoped", { operations: operations.map(({ requiredScopes: _, ...rest }) => rest) });
  await makeApi(db, "unknown", { operations: ["list", "sync"] });
  for (const slug of ["scoped", "unscoped", "unknown"]) await enableApi({ ctx, input: input(slug) });
  const enabled = await listEnabledApis({ ctx, input: { projectId, named: [] } });
  const facts = enabled.map(({ slug, scopes, readOnly }) => [slug, scopes.map(({ name }) => name), readOnly]);
  expect(facts.filter(([slug]) => ["scoped", "unscoped", "unknown"].includes(String(slug)))).toEqual([
    ["scoped", ["write", "read"], { api: "scoped", operations: [], scopes: ["read"] }],
    ["unknown", [], null],
    ["unscoped", [], { api: "unscoped", operations: ["list"] }],
  ]);
  expect(enabled[0]?.operations.every((one) => Object.keys(one).join() === "name,summary")).toBe(true);
});
