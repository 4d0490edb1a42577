import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { formatUtcDate } from "#core/format-utc.ts";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { addUsage } from "#engine/usage/store.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeProject, makeUser, START } from "#test/people.ts";
import { type Ctx, createContext, SYSTEM, type UserActor } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { listNotificationsSchema } from "../../notifications/schema.ts";
import { createApi } from "../apis/create.ts";
import { createApiSchema } from "../apis/schema.ts";
import { updateApi } from "../apis/update.ts";
import { notifyDeprecations } from "./notify.ts";

const documentOf = (operations: Record<string, object>) => ({
  openapi: "3.1.0",
  info: { title: "Ships", version: "1" },
  paths: Object.fromEntries(
    Object.entries(operations).map(([name, more]) => [
      `/${name}`,
      { get: { operationId: name, responses: {}, ...more } },
    ]),
  ),
});

let db: Db;
let admin: Ctx;
let owner: UserActor;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  admin = ctxOf(db, await makeAdmin(db));
  owner = await makeUser(db);
  projectId = await makeProject(db, owner, "Fleet");
  const openapi = documentOf({ "ships.list": {}, "ships.get": {} });
  await createApi({ ctx: admin, input: createApiSchema.parse({ slug: "ships", openapi }) });
});

const publish = (operations: Record<string, object>) =>
  updateApi({ ctx: admin, input: { slug: "ships", openapi: documentOf(operations) } });

let batches = 0;
async function call(operation: string, keyId = "key_1", daysAgo = 1, project = projectId) {
  const day = Math.floor(START / DAY_MS) * DAY_MS - daysAgo * DAY_MS;
  batches++;
  const id = `batch ${batches}`;
  await db.write((tx) =>
    addUsage(tx, {
      id,
      rows: [["day", project, day, keyId, "sec_1", "ships", operation, "live", "VALID", 3, 3]],
    }),
  );
}

const run = (daysLater = 0, of = db) =>
  notifyDeprecations(
    createContext({ db: of, settings: admin.settings, now: () => START + daysLater * DAY_MS }, SYSTEM),
    async () => {},
  );

const received = async () => {
  const { items } = await listNotifications({
    ctx: ctxOf(db, owner),
    input: listNotificationsSchema.parse({}),
  });
  return items.map(({ title, text, path, data }) => ({ title, text, path, data }));
};

test("notifies the project whose keys call a deprecated operation, once, with how many keys", async () => {
  await publish({ "ships.list": { deprecated: true }, "ships.get": {} });
  await call("ships.list", "key_1");
  await call("ships.list", "key_2");
  await call("ships.get", "key_3");
  expect(await run()).toEqual({ notified: 1 });
  expect(await run()).toEqual({ notified: 0 });
  expect(await received()).toEqual([
    {
      title: "ships.list of Ships is deprecated",
      text: expect.stringContaining("2 keys of this project called it in the last 30 days."),
      path: "/apis/ships/reference",
      data: { api: "ships", names: "ships.list", count: 1, keys: 2, sunset: null },
    },
  ]);
});

test("notifies nobody who calls other operations, called it long ago, or has deleted the project", async () => {
  await publish({ "ships.list": { deprecated: true }, "ships.get": {} });
  const deleted = await makeProject(db, owner, "Old");
  await db.write(({ q, t }) =>
    q.update(t.projects).set({ deletedAt: START }).where(eq(t.projects.id, deleted)),
  );
  await call("ships.get");
  await call("ships.list", "key_1", 40);
  await call("ships.list", "key_9", 1, deleted);
  expect(await run()).toEqual({ notified: 0 });
});

test("an operation that is called only later causes a notice then, without the others", async () => {
  await publish({ "ships.list": { deprecated: true }, "ships.get": { deprecated: true } });
  await call("ships.list");
  await run();
  await call("ships.get", "key_1", -1);
  expect(await run(2)).toEqual({ notified: 1 });
  expect((await received())[0]?.data).toMatchObject({ names: "ships.get", count: 1 });
});

test("an operation with a date causes another notice 30 and 7 days before it, and not after it", async () => {
  const sunset = new Date(START + 60 * DAY_MS).toISOString();
  await publish({ "ships.list": { deprecated: true, "x-sunset": sunset } });
  for (let day = 0; day <= 70; day++) {
    await call("ships.list", "key_1", -day);
    await run(day);
  }
  const titles = (await received()).map(({ title }) => title);
  expect(titles).toEqual(Array(3).fill(`ships.list of Ships stops working on ${formatUtcDate(sunset)}`));
});

test("another date is news", async () => {
  await call("ships.list");
  for (const days of [90, 60]) {
    const sunset = new Date(START + days * DAY_MS).toISOString();
    // Each version has another length: the clock stands still, so its time does not distinguish them.
    const summary = "x".repeat(days);
    await publish({ "ships.list": { deprecated: true, "x-sunset": sunset, summary } });
    expect(await run()).toEqual({ notified: 1 });
    expect(await run()).toEqual({ notified: 0 });
  }
});

test("a run that dies before it commits is repeated by the next one", async () => {
  await publish({ "ships.list": { deprecated: true } });
  await call("ships.list");
  const dies: Db = {
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        await work(tx);
        throw new Error("died");
      }),
  };
  await expect(run(0, dies)).rejects.toThrow("died");
  expect(await run()).toEqual({ notified: 1 });
});

test("names three of many operations", async () => {
  const names = Array.from({ length: 600 }, (_, at) => `ships.op-${String(at).padStart(3, "0")}`);
  await publish(Object.fromEntries(names.map((name) => [name, { deprecated: true }])));
  for (const name of [names[0], names[1], names[2], names[599]]) await call(name ?? "");
  await run();
  expect((await received())[0]?.title).toBe(
    "ships.op-000, ships.op-001, ships.op-002 and 1 more of Ships are deprecated",
  );
});
