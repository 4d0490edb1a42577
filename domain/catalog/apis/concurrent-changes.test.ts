import { expect, test } from "vitest";
import { openTestDb } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import { ctxOf, makeAdmin } from "#test/people.ts";
import { createApi } from "./create.ts";
import { getApi } from "./list.ts";
import { createApiSchema, updateApiSchema } from "./schema.ts";
import { updateApi } from "./update.ts";

test("of two changes at the same time, none undoes the other", async () => {
  const db = await openTestDb();
  const ctx = ctxOf(db, await makeAdmin(db));
  await createApi({ ctx, input: createApiSchema.parse({ slug: "badges", name: "Badges" }) });
  let updating: Promise<unknown> | undefined;
  await db.write(async (tx) => {
    const uncommitted = { ...db, write: <T>(work: (within: typeof tx) => Promise<T>) => work(tx) };
    const input = updateApiSchema.parse({ slug: "badges", scopes: [{ name: "badges:write" }] });
    await updateApi({ ctx: { ...ctx, db: uncommitted }, input });
    // It waits for the API's row. On SQLite it waits to begin.
    const operations = [{ name: "badges.list", requiredScopes: ["badges:read"] }];
    updating = updateApi({ ctx, input: updateApiSchema.parse({ slug: "badges", operations }) });
    if (db.dialect === "postgres") await expect.poll(() => waitingForLocks(db), { timeout: 10_000 }).toBe(1);
  });
  await updating;
  const { scopes } = await getApi({ ctx, input: { slug: "badges" } });
  expect(scopes.map(({ name }) => name)).toEqual(["badges:read", "badges:write"]);
});
