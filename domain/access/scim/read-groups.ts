import { and, asc, count, eq, exists, inArray, type SQL } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Ctx, Verb } from "../../context.ts";
import { unknownResource } from "./errors.ts";
import { parseFilter } from "./filter.ts";
import { type Attribute, conditionOf } from "./filter-sql.ts";
import { MAX_MEMBERS } from "./group-input.ts";
import { type ListResponse, listResponse, type ScimListInput } from "./schema.ts";
import { isManaged, requireScim } from "./scim-rights.ts";

export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** A group as SCIM shows it (RFC 7643, 4.2). */
export interface ScimGroup {
  schemas: [typeof GROUP_SCHEMA];
  id: string;
  externalId?: string;
  displayName: string;
  /** Not set if the request excluded them. */
  members?: { value: string; display: string }[];
  meta: { resourceType: "Group"; created: string; lastModified: string; location: string };
}

/** One group. Throws 404. */
export async function getScimGroup({
  ctx,
  input: { groupId, withMembers },
}: Verb<{ groupId: string; withMembers: boolean }>): Promise<ScimGroup> {
  requireScim(ctx);
  return readScimGroup(ctx.db.read, ctx, groupId, withMembers);
}

/**
 * The groups that match the filter, in a stable order. With members, the page ends before it has more than 10,000 of
 * them, but has at least one group.
 */
export async function listScimGroups({
  ctx,
  input,
}: Verb<ScimListInput & { withMembers: boolean }>): Promise<ListResponse<ScimGroup>> {
  requireScim(ctx);
  const scope = ctx.db.read;
  const { scimGroups } = scope.t;
  const filter = input.filter === undefined ? undefined : parseFilter(input.filter);
  const where = and(
    isManaged(ctx, scimGroups),
    filter && conditionOf(filter, attributesOf(scope), scope.dialect),
  );
  const total = await scope.q.$count(scimGroups, where);
  const rows =
    input.count === 0
      ? []
      : await scope.q
          .select()
          .from(scimGroups)
          .where(where)
          .orderBy(asc(scimGroups.id))
          .limit(input.count)
          .offset(input.startIndex - 1);
  const shown = input.withMembers ? await fitting(scope, rows) : rows;
  return listResponse(await present(scope, ctx, shown, input.withMembers), total, input.startIndex);
}

/** The same in a transaction, without a check of permissions. */
export async function readScimGroup(
  scope: Scope,
  ctx: Ctx,
  groupId: string,
  withMembers: boolean,
): Promise<ScimGroup> {
  const { scimGroups } = scope.t;
  const rows = await scope.q
    .select()
    .from(scimGroups)
    .where(and(eq(scimGroups.id, groupId), isManaged(ctx, scimGroups)));
  const [group] = await present(scope, ctx, rows, withMembers);
  if (!group) throw unknownResource("Group");
  return group;
}

type GroupRow = Scope["t"]["scimGroups"]["$inferSelect"];

async function fitting(scope: Scope, rows: GroupRow[]): Promise<GroupRow[]> {
  const sizes = await membersPerGroup(scope, rows);
  let members = 0;
  const over = rows.findIndex(({ id }) => {
    members += sizes.get(id) ?? 0;
    return members > MAX_MEMBERS;
  });
  return over < 0 ? rows : rows.slice(0, Math.max(1, over));
}

async function membersPerGroup({ q, t: { scimGroupMembers } }: Scope, rows: GroupRow[]) {
  if (rows.length === 0) return new Map<string, number>();
  const counts = await q
    .select({ groupId: scimGroupMembers.groupId, n: count() })
    .from(scimGroupMembers)
    .where(
      inArray(
        scimGroupMembers.groupId,
        rows.map(({ id }) => id),
      ),
    )
    .groupBy(scimGroupMembers.groupId);
  return new Map(counts.map(({ groupId, n }) => [groupId, n]));
}

async function present(
  scope: Scope,
  { settings: { url } }: Ctx,
  rows: GroupRow[],
  withMembers: boolean,
): Promise<ScimGroup[]> {
  const members = withMembers ? await membersOf(scope, rows) : null;
  return rows.map((row) => ({
    schemas: [GROUP_SCHEMA],
    id: row.id,
    ...(row.externalId !== null && { externalId: row.externalId }),
    displayName: row.displayName,
    ...(members && { members: members.get(row.id) ?? [] }),
    meta: {
      resourceType: "Group",
      created: iso(row.createdAt),
      lastModified: iso(row.updatedAt),
      location: `${url}/scim/v2/Groups/${row.id}`,
    },
  }));
}

async function membersOf({ q, t: { scimGroupMembers, users } }: Scope, rows: GroupRow[]) {
  const members = new Map<string, NonNullable<ScimGroup["members"]>>();
  if (rows.length === 0) return members;
  const found = await q
    .select({ groupId: scimGroupMembers.groupId, value: users.id, display: users.name })
    .from(scimGroupMembers)
    .innerJoin(users, eq(users.id, scimGroupMembers.userId))
    .where(
      inArray(
        scimGroupMembers.groupId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(users.id));
  for (const { groupId, ...member } of found) {
    const list = members.get(groupId);
    if (list) list.push(member);
    else members.set(groupId, [member]);
  }
  return members;
}

/** The attributes that groups can be filtered by. */
function attributesOf({ q, t: { scimGroups, scimGroupMembers } }: Scope): ReadonlyMap<string, Attribute> {
  const inGroup = (condition?: SQL) =>
    exists(
      q
        .select({ userId: scimGroupMembers.userId })
        .from(scimGroupMembers)
        .where(and(eq(scimGroupMembers.groupId, scimGroups.id), condition)),
    );
  const members: Attribute = {
    kind: "reference",
    has: (id) => inGroup(eq(scimGroupMembers.userId, id)),
    any: inGroup(),
  };
  return new Map<string, Attribute>([
    ["id", { kind: "text", column: scimGroups.id, letters: "exact" }],
    ["externalid", { kind: "text", column: scimGroups.externalId, letters: "exact" }],
    ["displayname", { kind: "text", column: scimGroups.displayNameKey, letters: "lower" }],
    ["members", members],
    ["members.value", members],
    ["meta.created", { kind: "instant", column: scimGroups.createdAt }],
    ["meta.lastmodified", { kind: "instant", column: scimGroups.updatedAt }],
    ["meta.resourcetype", { kind: "constant", value: "group" }],
  ]);
}
