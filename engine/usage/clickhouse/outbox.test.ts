import { expect, test } from "vitest";
import { DAY_MS, startOf } from "#core/time.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import type { UsageRow } from "../../aggregation/usage-rows.ts";
import type { UsageBatch } from "../types.ts";
import { addToOutbox, deliverOutbox, isOutboxEmpty } from "./outbox.ts";

const row: UsageRow = [
  ...(["day", "prj_1", startOf(DAY_MS, START), "key_1", "sec_1", "badges", "", "live"] as const),
  ...(["VALID", 2, 2] as const),
];

test("while a batch is delivered, others can write, and a batch that is not delivered waits on", async () => {
  const db = await openTestDb();
  for (const id of ["a", "b"]) await db.write((tx) => addToOutbox(tx, { id, rows: [row] }));
  const delivered: UsageBatch[] = [];
  const deliver = async (batch: UsageBatch) => {
    await db.write(({ q, t }) => q.insert(t.changes).values({ kind: "key", subject: batch.id, at: START }));
    delivered.push(batch);
  };
  await expect(deliverOutbox(db, () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await isOutboxEmpty(db)).toBe(false);
  await deliverOutbox(db, deliver);
  expect(delivered.map(({ id }) => id).sort()).toEqual(["a", "b"]);
  expect(delivered[0]?.rows).toEqual([row]);
  expect(await isOutboxEmpty(db)).toBe(true);
});
