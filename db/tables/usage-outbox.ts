import type { Dialect } from "../dialect.ts";

/** Counts on their way to a usage store outside of this database. */
export function defineUsageOutbox(d: Dialect) {
  /** A batch is added in the transaction that records its segments, and deleted when the store has it. */
  const usageOutbox = d.table("usage_outbox", {
    id: d.text("id").primaryKey(),
    createdAt: d.instant("created_at").notNull(),
    /** The rows as JSON, compressed with gzip, in base64. */
    rows: d.text("rows").notNull(),
  });
  return { usageOutbox };
}
