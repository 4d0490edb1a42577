import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import { cleanName } from "#core/text.ts";
import { invalidValue, ScimError } from "./errors.ts";
import { parseFilter, plainPath } from "./filter.ts";
import type { PatchOperation } from "./patch-input.ts";

/** Maximum number of members of a group, and of one request. */
export const MAX_MEMBERS = 10_000;
const MAX_NAME = 255;

/** A step of a change of the members. */
export type MemberStep =
  | { kind: "add" | "remove"; userIds: string[] }
  /** All members. */
  | { kind: "replace"; userIds: string[] };

/** What a request changes of a group. Undefined: left alone. */
export interface GroupChange {
  displayName?: string;
  externalId?: string | null;
  /** In order. */
  members: MemberStep[];
}

/** Reads a whole group, as POST and PUT send it. */
export function readGroup(body: Record<string, unknown>): GroupChange {
  const change: GroupChange = { externalId: null, members: [{ kind: "replace", userIds: [] }] };
  for (const [name, value] of Object.entries(body)) assign(change, plainPath(name), value);
  if (change.displayName === undefined) throw invalidValue("displayName: is required.");
  return change;
}

/** Reads the operations of a PATCH. */
export function readGroupOperations(operations: readonly PatchOperation[]): GroupChange {
  const change: GroupChange = { members: [] };
  for (const operation of operations) apply(change, operation);
  const named = change.members.reduce((sum, { userIds }) => sum + userIds.length, 0);
  if (named > MAX_MEMBERS)
    throw invalidValue(`members: at most ${formatNumber(MAX_MEMBERS)} in one request.`);
  return change;
}

function apply(change: GroupChange, { op, path, value }: PatchOperation): void {
  if (path === null) {
    if (op === "remove") throw new ScimError(400, "A remove operation needs a path.", "noTarget");
    const parsed = z.record(z.string(), z.unknown()).safeParse(value);
    if (!parsed.success) throw invalidValue("The value must be an object.");
    for (const [name, part] of Object.entries(parsed.data)) {
      apply(change, { op, path: plainPath(name), value: part });
    }
  } else if (path === "members") {
    const userIds = memberIds(value);
    // Without a value, all members are removed (RFC 7644, 3.5.2.2).
    if (op === "remove" && (value === undefined || value === null)) {
      change.members.push({ kind: "replace", userIds: [] });
    } else change.members.push({ kind: op, userIds });
  } else if (path.startsWith("members[")) {
    if (op !== "remove")
      throw new ScimError(400, "Members are added and removed, not changed.", "mutability");
    change.members.push({ kind: "remove", userIds: [selectedId(path)] });
  } else if (op === "remove") {
    if (path === "displayname") throw new ScimError(400, "displayName can't be removed.", "mutability");
    assign(change, path, null);
  } else assign(change, path, value);
}

function assign(change: GroupChange, path: string, value: unknown): void {
  if (path === "displayname") {
    const name = cleanName(value, MAX_NAME);
    if (name === null) throw invalidValue("displayName: must be a text with a visible character.");
    change.displayName = name;
  } else if (path === "externalid") {
    if (value !== null && (typeof value !== "string" || value.length > 255)) {
      throw invalidValue("externalId: must be a text of at most 255 characters.");
    }
    change.externalId = value === "" ? null : value;
  } else if (path === "members") {
    change.members = [{ kind: "replace", userIds: memberIds(value) }];
  }
}

const members = z.array(z.looseObject({ value: z.string().min(1).max(200) })).max(MAX_MEMBERS);

function memberIds(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  const parsed = members.safeParse(Array.isArray(value) ? value : [value]);
  if (!parsed.success) {
    throw invalidValue(
      `members: must be a list of at most ${formatNumber(MAX_MEMBERS)} objects with the id of a user as value.`,
    );
  }
  return [...new Set(parsed.data.map((member) => member.value))];
}

/** The id in `members[value eq "…"]`. */
function selectedId(path: string): string {
  const filter = parseFilter(path);
  if (filter.op !== "eq" || filter.path !== "members.value" || typeof filter.value !== "string") {
    throw new ScimError(400, 'The path must be members[value eq "…"].', "invalidPath");
  }
  return filter.value;
}
