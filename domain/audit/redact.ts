import { createHash } from "node:crypto";
import { and, asc, desc, eq, gt, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { AuditRow } from "./chain.ts";
import { inOrder } from "./chain.ts";
import { readAuditRows } from "./read.ts";

/** Instead of the name of a deleted account. */
export const DELETED_NAME = "Deleted user";
/** Instead of any other personal text of one. */
const REMOVED = "[deleted]";
/** The action of an audit row that proves the rows of an earlier deletion again; its subject is that deletion's row. */
export const RENEWED = "audit.redaction-renewed";
const AT_ONCE = 1_000;

/** What to remove from the audit log. */
export interface Redaction {
  /** The account. Its id stays. */
  userId: string;
  /** Other subjects that are named by the account's email address, such as invitations to it. */
  subjectIds: string[];
  /** The account's email addresses, now and in earlier rows. Never texts that its user chose freely, see below. */
  emails: ReadonlySet<string>;
  /** The id of the audit row of the deletion. */
  auditId: string;
}

/**
 * Proves what redacted rows contain, because their hashes are those of the original rows: it is stored in the audit row
 * of the deletion, which the chain protects.
 */
export interface RedactionProof {
  rows: number;
  /** SHA-256 over the redacted rows, as Base64. */
  digest: string;
}

/** Whether rows of or about the account are not sealed yet. Only sealed rows can be redacted. */
export async function hasUnsealedRows({ q, t: { audit } }: Scope, redaction: Redaction): Promise<boolean> {
  const [row] = await q
    .select({ id: audit.id })
    .from(audit)
    .where(and(isNull(audit.chain), whereRowsOf(audit, redaction)))
    .limit(1);
  return row !== undefined;
}

/**
 * Removes names and email addresses of an account from sealed audit rows; ids, times and actions stay. Returns the
 * proof of its rows, and new proofs of earlier deletions whose rows it changed: a row can be about two people.
 */
export async function redactAudit(
  tx: Tx,
  redaction: Redaction,
): Promise<{ proof: RedactionProof; renewed: Map<string, RedactionProof> }> {
  const { audit } = tx.t;
  const { auditId, userId } = redaction;
  const earlier = new Set<string>();
  for await (const row of walk(tx, whereRowsOf(audit, redaction), audit.chain)) {
    if (row.redactedBy !== null) earlier.add(row.redactedBy);
    // A redacted row proves nothing anymore.
    if (row.action === "user.deleted") earlier.add(row.id);
    if (row.action === RENEWED) earlier.add(row.subjectId);
    const before = withoutTexts(row, row.before, redaction);
    const after = withoutTexts(row, row.after, redaction);
    await tx.q
      .update(audit)
      .set({
        redactedBy: auditId,
        actorName: row.actorId === userId ? DELETED_NAME : row.actorName,
        subjectName: nameOf(row, redaction),
        before,
        after,
      })
      .where(eq(audit.seq, row.seq));
  }
  const renewed = new Map<string, RedactionProof>();
  for (const id of earlier) renewed.set(id, await proofOf(tx, id));
  return { proof: await proofOf(tx, auditId), renewed };
}

/** The last proof of the rows of a deletion, as the chain has it; null if there is none. */
export async function lastProof({ q, t: { audit } }: Scope, auditId: string): Promise<RedactionProof | null> {
  const [row] = await q
    .select({ after: audit.after })
    .from(audit)
    .where(
      and(
        isNull(audit.redactedBy),
        or(
          and(eq(audit.id, auditId), eq(audit.action, "user.deleted")),
          and(eq(audit.subjectId, auditId), eq(audit.action, RENEWED)),
        ),
      ),
    )
    .orderBy(desc(audit.seq))
    .limit(1);
  const proof = row?.after?.redacted;
  return isProof(proof) ? proof : null;
}

function isProof(value: unknown): value is RedactionProof {
  return typeof value === "object" && value !== null && "rows" in value && "digest" in value;
}

async function proofOf(scope: Scope, auditId: string): Promise<RedactionProof> {
  const { audit } = scope.t;
  const hash = createHash("sha256");
  let rows = 0;
  for await (const row of walk(scope, eq(audit.redactedBy, auditId), audit.chain)) {
    addToProof(hash, row);
    rows += 1;
  }
  return { rows, digest: hash.digest("base64") };
}

/** Adds a redacted row to a running proof. */
export function addToProof(hash: ReturnType<typeof createHash>, row: AuditRow): void {
  const { redactedBy: _, ...content } = row;
  hash.update(JSON.stringify(content, inOrder));
}

/** Earlier email addresses of an account, as its own audit rows have them. */
export async function emailsOf(scope: Scope, userId: string): Promise<string[]> {
  const { audit } = scope.t;
  const which = and(
    eq(audit.subjectId, userId),
    inArray(audit.action, ["user.created", "user.email-changed"]),
  );
  const emails: string[] = [];
  for await (const { before, after } of walk(scope, which, audit.seq)) {
    for (const value of [before?.email, after?.email]) if (typeof value === "string") emails.push(value);
  }
  return emails;
}

function whereRowsOf(audit: Scope["t"]["audit"], { userId, subjectIds }: Redaction): SQL | undefined {
  return or(
    eq(audit.actorId, userId),
    eq(audit.subjectId, userId),
    subjectIds.length > 0 ? inArray(audit.subjectId, subjectIds) : undefined,
  );
}

function nameOf(row: AuditRow, { userId, emails }: Redaction): string {
  if (row.subjectId === userId) return DELETED_NAME;
  return emails.has(row.subjectName) ? REMOVED : row.subjectName;
}

/** Fields with personal texts in rows about the account: its names, and those of its passkeys. */
const PERSONAL = ["name", "email", "userName"];

/**
 * A change without personal texts: known fields of rows about the account, and its email addresses anywhere. Its names
 * are not searched for in other rows: a user who is about to delete their account could choose the texts of a row that
 * they want to hide, such as a role or an IP address, as names of the account or of passkeys.
 */
function withoutTexts(
  row: AuditRow,
  change: Record<string, unknown> | null,
  { userId, emails }: Redaction,
): Record<string, unknown> | null {
  if (change === null) return null;
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return emails.has(value) ? REMOVED : value;
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  const isPersonal = (key: string, value: unknown) =>
    row.subjectId === userId && typeof value === "string" && PERSONAL.includes(key);
  return Object.fromEntries(
    Object.entries(change).map(([key, value]) => [key, isPersonal(key, value) ? REMOVED : clean(value)]),
  );
}

/** Rows in the order of `column`, without those that have no value there, in batches. */
async function* walk(
  scope: Scope,
  which: SQL | undefined,
  column: Scope["t"]["audit"]["seq" | "chain"],
): AsyncGenerator<AuditRow> {
  let last = 0;
  for (;;) {
    const { rows, isWhole } = await readAuditRows(scope, {
      where: and(which, gt(column, last)),
      orderBy: asc(column),
      limit: AT_ONCE,
    });
    yield* rows;
    const end = rows.at(-1);
    if (isWhole || !end) return;
    last = (column === scope.t.audit.seq ? end.seq : end.chain) ?? last;
  }
}
