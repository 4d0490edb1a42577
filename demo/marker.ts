import { eq } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { HOUR_MS } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";

const ACTION = "demo.seeded";
const SUBJECT = "demo";

/** How the demo in this database was generated; its traffic continues at the same rate. */
export interface DemoMarker {
  seed: string;
  /** When growth starts, epoch ms. */
  epochMs: number;
  checksPerWeight: number;
}

/** Records in the audit log that this database holds a demo. */
export async function writeMarker({ q, t }: Tx, marker: DemoMarker, nowMs: number): Promise<void> {
  await q.insert(t.audit).values({
    id: newId("audit"),
    at: nowMs,
    actorName: "Latchkey",
    via: "system",
    action: ACTION,
    subjectId: SUBJECT,
    subjectName: "Demo",
    after: { ...marker },
  });
}

/** The demo's marker in this database; null if there is none. */
export async function readMarker({ q, t }: Scope): Promise<DemoMarker | null> {
  const [row] = await q.select().from(t.audit).where(eq(t.audit.subjectId, SUBJECT)).limit(1);
  if (row?.action !== ACTION || !row.after) return null;
  const { seed, epochMs, checksPerWeight } = row.after;
  return { seed: String(seed), epochMs: Number(epochMs), checksPerWeight: Number(checksPerWeight) };
}

/** Stores up to when traffic was generated, as a journal segment, in the transaction of its counts. */
export async function writeProgress({ q, t }: Tx, toMs: number, checks: number): Promise<void> {
  await q.delete(t.journalSegments).where(eq(t.journalSegments.id, SUBJECT));
  await q.insert(t.journalSegments).values({ id: SUBJECT, appliedAt: toMs, lines: checks });
}

/** Up to when traffic was generated; from the newest counted hour if the stored value was cleaned up. */
export async function readProgress(scope: Scope): Promise<number> {
  const { q, t } = scope;
  const [segment] = await q.select().from(t.journalSegments).where(eq(t.journalSegments.id, SUBJECT));
  if (segment) return segment.appliedAt;
  const [newest] = await sumUsage(scope, {
    buckets: [{ interval: "hour", from: 0 }],
    by: [],
    sums: ["lastBucket"],
  });
  return (newest?.lastBucket ?? 0) + HOUR_MS;
}
