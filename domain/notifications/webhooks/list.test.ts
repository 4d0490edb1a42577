import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeKey, makeProject, makeUser } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { revokeKey } from "../../keys/revoke.ts";
import { createWebhook } from "./create.ts";
import { listDeliveries, listWebhooks } from "./list.ts";
import { deleteWebhook } from "./manage.ts";
import { createWebhookSchema } from "./schema.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner, "Chat");
});

const hook = () => {
  const input = { projectId, url: "https://example.com/hooks", kinds: ["key.revoked"] };
  return createWebhook({ ctx, input: createWebhookSchema.parse(input) });
};

test("an eleventh webhook is rejected until one is deleted, even if two are created at once", async () => {
  for (let n = 0; n < 9; n++) await hook();
  const both = await Promise.allSettled([hook(), hook()]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [first] = (await listWebhooks({ ctx, input: { projectId } })).items;
  await deleteWebhook({ ctx, input: { projectId, webhookId: first?.id ?? "" } });
  await hook();
  expect((await listWebhooks({ ctx, input: { projectId } })).items).toHaveLength(10);
});

test("the delivery log is paged, newest first, and only in the webhook's own project", async () => {
  const { webhook } = await hook();
  for (let n = 0; n < 3; n++) {
    const { key } = await makeKey(ctx, projectId, { name: `key ${n}` });
    await revokeKey({ ctx, input: { projectId, keyId: key.id } });
    clock.advance(1);
  }
  const input = { projectId, webhookId: webhook.id, limit: 2 };
  const page = await listDeliveries({ ctx, input });
  const rest = await listDeliveries({ ctx, input: { ...input, cursor: page.nextCursor ?? "" } });
  expect([...page.items, ...rest.items].map(({ event }) => event.title.slice(-5))).toEqual([
    "key 2",
    "key 1",
    "key 0",
  ]);
  expect(rest.nextCursor).toBeNull();
  const shop = await makeProject(db, await makeUser(db), "Shop");
  await expect(listDeliveries({ ctx, input: { ...input, projectId: shop } })).rejects.toMatchObject({
    code: "not-found",
  });
});
