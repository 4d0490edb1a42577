import { createHash } from "node:crypto";
import { and, asc, count, gt, isNotNull, isNull, lte, min } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import { type AuditRow, auditRowHash, CHAIN_START } from "./chain.ts";
import { readAuditRows } from "./read.ts";
import { addToProof, lastProof } from "./redact.ts";

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
  broken: { position: number; rowId: string; why: "missing" | "changed" | "added" } | null;
  /** Whether `expected` was among the hashes; null if it was not given. */
  expectedFound: boolean | null;
}

const AT_ONCE = 5_000;

/**
 * Verifies the whole chain by recomputing every hash, in one snapshot: a deletion of an account redacts rows while
 * this runs. `expected` is a hash noted earlier.
 */
export async function verifyAudit(db: Db, expected: string | null = null): Promise<ChainReport> {
  return db.snapshot((scope) => verifyChain(scope, expected));
}

async function verifyChain(scope: Scope, expected: string | null): Promise<ChainReport> {
  const { q, t } = scope;
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
    broken: await addedBefore(scope),
    expectedFound: expected === null ? null : false,
  };
  const redactions = new Redactions();
  while (report.broken === null) {
    const { rows, isWhole } = await readAuditRows(scope, {
      where: and(isNotNull(audit.chain), gt(audit.chain, report.rows)),
      orderBy: asc(audit.chain),
      limit: AT_ONCE,
    });
    for (const row of rows) {
      const position = report.rows + 1;
      if (row.chain !== position) return { ...report, broken: { position, rowId: row.id, why: "missing" } };
      // The hash of a redacted row is that of the original; the row of the deletion proves what it contains now.
      if (row.redactedBy !== null) redactions.add(row, position);
      else if (row.hash !== auditRowHash(row, position, report.head)) {
        return { ...report, broken: { position, rowId: row.id, why: "changed" } };
      }
      report.rows = position;
      report.head = row.hash ?? "";
      if (row.hash === expected) report.expectedFound = true;
    }
    if (isWhole) break;
  }
  if (report.broken === null) report.broken = await redactions.broken(scope);
  return report;
}

/** The redacted rows of a chain, by the audit row of the deletion that must prove them. */
class Redactions {
  readonly #running = new Map<
    string,
    { hash: ReturnType<typeof createHash>; rows: number; first: { position: number; rowId: string } }
  >();

  add(row: AuditRow, position: number): void {
    const id = row.redactedBy ?? "";
    const running = this.#running.get(id) ?? {
      hash: createHash("sha256"),
      rows: 0,
      first: { position, rowId: row.id },
    };
    addToProof(running.hash, row);
    running.rows += 1;
    this.#running.set(id, running);
  }

  /** The first row whose content no deletion proves. */
  async broken(scope: Scope): Promise<ChainReport["broken"]> {
    for (const [id, { hash, rows, first }] of this.#running) {
      const proof = await lastProof(scope, id);
      const isProven = proof !== null && proof.rows === rows && proof.digest === hash.digest("base64");
      if (!isProven) return { ...first, why: "changed" };
    }
    return null;
  }
}

/** A walk that starts at position 1 would miss a row inserted before it. */
async function addedBefore({ q, t: { audit } }: Scope): Promise<ChainReport["broken"]> {
  const [row] = await q
    .select({ id: audit.id, chain: audit.chain })
    .from(audit)
    .where(lte(audit.chain, 0))
    .orderBy(asc(audit.chain))
    .limit(1);
  return row ? { position: row.chain ?? 0, rowId: row.id, why: "added" } : null;
}
