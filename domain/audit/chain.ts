import { createHash } from "node:crypto";
import type { Tables } from "#db/schema.ts";

export type AuditRow = Tables["audit"]["$inferSelect"];

/** The hash before the first row. */
export const CHAIN_START = "";

/**
 * The hash of a row as it was written: SHA-256 over the previous hash, the position, and every column as JSON with sorted keys.
 * Changing, removing or adding a row means rewriting every later one.
 */
export function auditRowHash(row: AuditRow, position: number, before: string): string {
  const content = [
    before,
    position,
    row.seq,
    row.id,
    row.at,
    row.actorId,
    row.actorName,
    row.via,
    row.address,
    row.action,
    row.projectId,
    row.subjectId,
    row.subjectName,
    row.before,
    row.after,
  ];
  return createHash("sha256").update(JSON.stringify(content, inOrder)).digest("hex");
}

/** For `JSON.stringify`: databases don't preserve the order of an object's keys. */
export function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
