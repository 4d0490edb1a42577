import { and, asc, count, gt, isNotNull, isNull, lte, min } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import { CHAIN_START, hashOf } from "./chain.ts";
import { readAuditRows } from "./read.ts";

/** What a look along the chain found. */
export interface ChainReport {
  /** Rows whose place and hash are right, up to the first that is not. */
  rows: number;
  /** The hash of the last of them: whoever keeps it elsewhere can tell later whether the end was cut off. */
  head: string;
  /** Rows that have no place yet: those of the last seconds, while a portal runs. */
  unsealed: number;
  /** When the oldest of those was written, epoch ms; null where there is none. */
  unsealedSince: number | null;
  /** Where and how the chain is broken; null when it is whole. `added`: a row that has a place before the first. */
  broken: { place: number; rowId: string; why: "missing" | "changed" | "added" } | null;
  /** Whether `expected` was among the hashes; null when none was asked about. */
  expectedFound: boolean | null;
}

const AT_ONCE = 5_000;

/** Walks the whole chain and recomputes every hash. `expected` is a head noted earlier. */
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

/** A walk from the first place on would pass by what somebody put before it. */
async function addedBefore({ q, t: { audit } }: Scope): Promise<ChainReport["broken"]> {
  const [row] = await q
    .select({ id: audit.id, chain: audit.chain })
    .from(audit)
    .where(lte(audit.chain, 0))
    .orderBy(asc(audit.chain))
    .limit(1);
  return row ? { place: row.chain ?? 0, rowId: row.id, why: "added" } : null;
}
