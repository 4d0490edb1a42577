import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Ctx, Verb } from "../../context.ts";
import { unknownResource } from "./errors.ts";
import { parseFilter } from "./filter.ts";
import { type Attribute, conditionOf } from "./filter-sql.ts";
import type { ListResponse, ScimListInput } from "./schema.ts";
import { listResponse } from "./schema.ts";
import { isManaged, requireScim } from "./scim-rights.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

/** A user as SCIM shows it (RFC 7643, 4.1). */
export interface ScimUser {
  schemas: [typeof USER_SCHEMA];
  id: string;
  externalId?: string;
  userName: string;
  name: { formatted: string; givenName?: string; familyName?: string };
  displayName: string;
  active: boolean;
  emails: { value: string; type: "work"; primary: true }[];
  groups: { value: string; display: string }[];
  meta: { resourceType: "User"; created: string; lastModified: string; location: string };
}

/** One user that SCIM manages. Throws 404. */
export async function getScimUser({ ctx, input }: Verb<{ userId: string }>): Promise<ScimUser> {
  requireScim(ctx);
  return readScimUser(ctx.db.read, ctx, input.userId);
}

/** The users that SCIM manages and that match the filter, in a stable order. */
export async function listScimUsers({ ctx, input }: Verb<ScimListInput>): Promise<ListResponse<ScimUser>> {
  requireScim(ctx);
  const scope = ctx.db.read;
  const { scimUsers, users } = scope.t;
  const filter = input.filter === undefined ? undefined : parseFilter(input.filter);
  const own = and(isNull(scimUsers.deletedAt), isManaged(ctx, scimUsers));
  const where = and(own, filter && conditionOf(filter, attributesOf(scope), scope.dialect));
  const [total] = await scope.q
    .select({ n: sql<number>`count(*)` })
    .from(scimUsers)
    .innerJoin(users, eq(users.id, scimUsers.userId))
    .where(where);
  const rows =
    input.count === 0
      ? []
      : await select(scope, where)
          .orderBy(asc(scimUsers.userId))
          .limit(input.count)
          .offset(input.startIndex - 1);
  return listResponse(await present(scope, ctx, rows), Number(total?.n ?? 0), input.startIndex);
}

/** The same in a transaction, without a check of permissions. */
export async function readScimUser(scope: Scope, ctx: Ctx, userId: string): Promise<ScimUser> {
  const { scimUsers } = scope.t;
  const own = and(isNull(scimUsers.deletedAt), isManaged(ctx, scimUsers));
  const rows = await select(scope, and(eq(scimUsers.userId, userId), own));
  const [user] = await present(scope, ctx, rows);
  if (!user) throw unknownResource("User");
  return user;
}

function select({ q, t: { scimUsers, users } }: Scope, where: SQL | undefined) {
  return q
    .select({ scim: scimUsers, name: users.name, email: users.email, disabledAt: users.disabledAt })
    .from(scimUsers)
    .innerJoin(users, eq(users.id, scimUsers.userId))
    .where(where);
}

async function present(
  scope: Scope,
  ctx: Ctx,
  rows: Awaited<ReturnType<typeof select>>,
): Promise<ScimUser[]> {
  const { url } = ctx.settings;
  const groups = await groupsOf(
    scope,
    ctx,
    rows.map(({ scim }) => scim.userId),
  );
  return rows.map(({ scim, name, email, disabledAt }) => ({
    schemas: [USER_SCHEMA],
    id: scim.userId,
    ...(scim.externalId !== null && { externalId: scim.externalId }),
    userName: scim.userName,
    name: {
      formatted: name,
      ...(scim.givenName !== null && { givenName: scim.givenName }),
      ...(scim.familyName !== null && { familyName: scim.familyName }),
    },
    displayName: scim.displayName ?? name,
    active: disabledAt === null,
    emails: [{ value: email, type: "work", primary: true }],
    groups: groups.get(scim.userId) ?? [],
    meta: {
      resourceType: "User",
      created: iso(scim.createdAt),
      lastModified: iso(scim.updatedAt),
      location: `${url}/scim/v2/Users/${scim.userId}`,
    },
  }));
}

async function groupsOf({ q, t: { scimGroups, scimGroupMembers } }: Scope, ctx: Ctx, userIds: string[]) {
  const groups = new Map<string, ScimUser["groups"]>();
  if (userIds.length === 0) return groups;
  const rows = await q
    .select({ userId: scimGroupMembers.userId, value: scimGroups.id, display: scimGroups.displayName })
    .from(scimGroupMembers)
    .innerJoin(scimGroups, eq(scimGroups.id, scimGroupMembers.groupId))
    .where(and(inArray(scimGroupMembers.userId, userIds), isManaged(ctx, scimGroups)))
    .orderBy(asc(scimGroups.id));
  for (const { userId, ...group } of rows) {
    const list = groups.get(userId);
    if (list) list.push(group);
    else groups.set(userId, [group]);
  }
  return groups;
}

/** The attributes that users can be filtered by. */
function attributesOf({ t: { scimUsers, users } }: Scope): ReadonlyMap<string, Attribute> {
  const email: Attribute = { kind: "text", column: users.email, letters: "lower" };
  const name = (column: Extract<Attribute, { kind: "text" }>["column"]): Attribute => ({
    kind: "text",
    column,
    letters: "any",
  });
  const work: Attribute = { kind: "constant", value: "work" };
  return new Map<string, Attribute>([
    ["id", { kind: "text", column: scimUsers.userId, letters: "exact" }],
    ["externalid", { kind: "text", column: scimUsers.externalId, letters: "exact" }],
    ["username", { kind: "text", column: scimUsers.userNameKey, letters: "lower" }],
    ["displayname", name(sql`coalesce(${scimUsers.displayName}, ${users.name})`)],
    ["name.formatted", name(users.name)],
    ["name.givenname", name(scimUsers.givenName)],
    ["name.familyname", name(scimUsers.familyName)],
    ["emails", email],
    ["emails.value", email],
    ["emails.type", work],
    ["emails.primary", { kind: "constant", value: true }],
    ["active", { kind: "boolean", isTrue: sql`${users.disabledAt} is null` }],
    ["meta.created", { kind: "instant", column: scimUsers.createdAt }],
    ["meta.lastmodified", { kind: "instant", column: scimUsers.updatedAt }],
    ["meta.resourcetype", { kind: "constant", value: "user" }],
  ]);
}
