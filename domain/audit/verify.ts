import { and, asc, count, gt, isNotNull, isNull, lte, min } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import { CHAIN_START, hashOf } from "./chain.ts";
import { readAuditRows } from "./read.ts";

/** The result of verifying the chain. */
export interface ChainReport {
  /** Valid rows, up to the first invalid one. */
  rows: number;
  /** The hash of the last valid row. Keep it elsewhere to detect later whether the end was cut off. */
  head: string;
  /** Rows that are not in the chain yet: those of the last seconds, while a portal runs. */
  unsealed: number;
  /** When the oldest of them was written, epoch ms; null if there is none. */
  unsealedSince: number | null;
  /** Where and how the chain is broken; null if it is intact. `added`: a row precedes the first position. */
  broken: { place: number; rowId: string; why: "missing" | "changed" | "added" } | null;
  /** Whether `expected` was among the hashes; null if it was not given. */
  expectedFound: boolean | null;
}

const AT_ONCE = 5_000;

/** Verifies the whole chain by recomputing every hash. `expected` is a hash noted earlier. */
export async function verifyAudit(db: Db, expected: string | null = null): Promise<ChainReport> {
  const { q, t } = db.read;
  const { audit } = t;
  const [open] = await q
    .select({ rows: count(), since: min(audit.at) })
    .from(audit)
    .where(isNull(audit.chain));
  const report: ChainReport = {
    rows: 0,
    head: CHAIN_START,
    unsealed: open?.rows ?? 0,
    unsealedSince: open?.since ?? null,
    broken: await addedBefore(db.read),
    expectedFound: expected === null ? null : false,
  };
  while (report.broken === null) {
    const { rows, isWhole } = await readAuditRows(db.read, {
      where: and(isNotNull(audit.chain), gt(audit.chain, report.rows)),
      orderBy: asc(audit.chain),
      most: AT_ONCE,
    });
    for (const row of rows) {
      const place = report.rows + 1;
      if (row.chain !== place) return { ...report, broken: { place, rowId: row.id, why: "missing" } };
      if (row.hash !== hashOf(row, place, report.head)) {
        return { ...report, broken: { place, rowId: row.id, why: "changed" } };
      }
      report.rows = place;
      report.head = row.hash;
      if (row.hash === expected) report.expectedFound = true;
    }
    if (isWhole) break;
  }
  return report;
}

/** A walk that starts at position 1 would miss a row inserted before it. */
async function addedBefore({ q, t: { audit } }: Scope): Promise<ChainReport["broken"]> {
  const [row] = await q
    .select({ id: audit.id, chain: audit.chain })
    .from(audit)
    .where(lte(audit.chain, 0))
    .orderBy(asc(audit.chain))
    .limit(1);
  return row ? { place: row.chain ?? 0, rowId: row.id, why: "added" } : null;
}
