import { expect, test } from "vitest";
import { createLifecycleFixture } from "#test/lifecycle-fixture.ts";
import { makeProject } from "#test/people.ts";
import { listDenials } from "../denials/list.ts";
import { listDenialsSchema } from "../denials/schema.ts";
import { updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";
import { getCustomer, listCustomers } from "./list.ts";
import { listCustomersSchema } from "./schema.ts";

const NO_CLIENT = {
  clientIp: null,
  referrer: null,
  origin: null,
  androidPackage: null,
  androidCertSha1: null,
  iosBundleId: null,
};

test("customers are the external IDs of a project's keys, in pages, with their keys added up", async () => {
  const { asOwner, add, use, projectId, db, owner, clock } = await createLifecycleFixture();
  const a = await add("a", { externalId: "cus_1" });
  const b = await add("b", { externalId: "cus_1" });
  await add("c", { externalId: "Cus 2" });
  await add("d");
  await use(a, clock.now());
  const input = updateKeySchema.parse({ projectId, keyId: b, enabled: false });
  await updateKey({ ctx: asOwner, input });
  const read = (more: object = {}) =>
    listCustomers({ ctx: asOwner, input: listCustomersSchema.parse({ projectId, ...more }) });
  const { items } = await read();
  expect(items.toSorted((one, other) => one.keys - other.keys)).toEqual([
    { externalId: "Cus 2", keys: 1, active: 1, lastUsedAt: null },
    { externalId: "cus_1", keys: 2, active: 1, lastUsedAt: new Date(clock.now()).toISOString() },
  ]);
  const first = await read({ limit: 1 });
  const second = await read({ limit: 1, cursor: first.nextCursor });
  expect([...first.items, ...second.items]).toEqual(items);
  expect(second.nextCursor).toBeNull();
  const other = await makeProject(db, owner);
  expect((await read({ projectId: other })).items).toEqual([]);
  const one = { projectId, externalId: "cus_1" };
  expect(await getCustomer({ ctx: asOwner, input: one })).toMatchObject({ keys: 2, active: 1 });
  expect(await getCustomer({ ctx: asOwner, input: { ...one, externalId: "cus_9" } })).toMatchObject({
    keys: 0,
  });
});

test("denied requests are filtered by the external ID of their key, and so is their total", async () => {
  const { asOwner, add, projectId, db, clock } = await createLifecycleFixture();
  const keyIds = [await add("a", { externalId: "cus_1" }), await add("b", { externalId: "cus_2" })];
  await db.write(({ q, t: { denials } }) =>
    q.insert(denials).values(
      keyIds.map((keyId, at) => ({
        id: `den_${at}`,
        at: clock.now() - 1_000,
        projectId,
        keyId,
        reportOnly: false,
        environment: "live" as const,
        code: "KEY_DISABLED" as const,
        api: "badges",
        operation: "",
        observed: {},
        client: NO_CLIENT,
      })),
    ),
  );
  const list = (externalId?: string) =>
    listDenials({ ctx: asOwner, input: listDenialsSchema.parse({ projectId, externalId }) });
  expect((await list()).items).toHaveLength(2);
  expect((await list("cus_2")).items.map(({ keyName }) => keyName)).toEqual(["b"]);
  expect((await list("none")).items).toEqual([]);
});
