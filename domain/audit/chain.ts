import { createHash } from "node:crypto";
import type { Tables } from "#db/schema.ts";

export type AuditRow = Tables["audit"]["$inferSelect"];

/** What stands before the first row. */
export const CHAIN_START = "";

/**
 * The hash of a row at its place: SHA-256 over the hash before it, the place, and every column as JSON with
 * its keys in order. Who changes, takes out or adds a row has to write every later one anew.
 */
export function hashOf(row: AuditRow, place: number, before: string): string {
  const content = [
    before,
    place,
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

/** Databases keep an object's keys in orders of their own. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
