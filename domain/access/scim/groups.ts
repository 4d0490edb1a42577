import { and, eq, inArray, isNull } from "drizzle-orm";
import { formatNumber } from "#core/format.ts";
import { newId } from "#core/ids.ts";
import { isUniqueViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx, Verb } from "../../context.ts";
import { lockAdmins } from "../accounts/users.ts";
import { invalidValue, ScimError, uniquenessError, unknownResource } from "./errors.ts";
import {
  type GroupChange,
  MAX_MEMBERS,
  type MemberStep,
  readGroup,
  readGroupOperations,
} from "./group-input.ts";
import { readPatchOperations } from "./patch-input.ts";
import { readScimGroup, type ScimGroup } from "./read-groups.ts";
import { MAX_ROLE_MEMBERS, refreshRole } from "./roles.ts";
import { isManaged, providerOf, requireScim } from "./scim-rights.ts";

/** Groups that SCIM may create. */
const MAX_GROUPS = 5_000;
/** Rows in one statement: databases bound its parameters. */
const BATCH = 500;

/** Creates a group. Its members get a site role only when an administrator gives the group one. */
export async function createScimGroup({ ctx, input }: Verb<Record<string, unknown>>): Promise<ScimGroup> {
  requireScim(ctx);
  const { displayName = "", externalId = null, members } = readGroup(input);
  return rejectTaken(() =>
    ctx.db.write(async (tx) => {
      await lockAdmins(tx);
      const { scimGroups } = tx.t;
      if ((await tx.q.$count(scimGroups)) >= MAX_GROUPS) {
        throw new ScimError(
          409,
          `There are ${formatNumber(MAX_GROUPS)} groups, the maximum. Assign fewer groups.`,
        );
      }
      const now = ctx.now();
      const id = newId("scimGroup");
      const names = { displayName, displayNameKey: displayName.toLowerCase() };
      await tx.q.insert(scimGroups).values({
        id,
        provider: providerOf(ctx),
        issuer: requireScim(ctx).issuer,
        ...names,
        externalId,
        siteRole: null,
        createdAt: now,
        updatedAt: now,
      });
      await recordAudit(tx, ctx, {
        action: "scimGroup.created",
        subject: { id, name: displayName },
      });
      await changeMembers(tx, ctx, { id, displayName }, members);
      return readScimGroup(tx, ctx, id, true);
    }),
  );
}

/** Replaces name and members (PUT). */
export async function replaceScimGroup({
  ctx,
  input: { groupId, body },
}: Verb<{ groupId: string; body: Record<string, unknown> }>): Promise<ScimGroup> {
  return change(ctx, groupId, readGroup(body));
}

/** Changes name and members in steps (PATCH). */
export async function patchScimGroup({
  ctx,
  input: { groupId, body },
}: Verb<{ groupId: string; body: Record<string, unknown> }>): Promise<ScimGroup> {
  return change(ctx, groupId, readGroupOperations(readPatchOperations(body)));
}

/** Deletes a group. Its members lose the role that it gave them. */
export async function deleteScimGroup({ ctx, input }: Verb<{ groupId: string }>): Promise<void> {
  requireScim(ctx);
  await ctx.db.write(async (tx) => {
    await lockAdmins(tx);
    const group = await findGroup(tx, ctx, input.groupId);
    await changeMembers(tx, ctx, group, [{ kind: "replace", userIds: [] }]);
    await tx.q.delete(tx.t.scimGroups).where(eq(tx.t.scimGroups.id, group.id));
    await recordAudit(tx, ctx, {
      action: "scimGroup.deleted",
      subject: { id: group.id, name: group.displayName },
      before: { siteRole: group.siteRole },
    });
  });
}

function change(ctx: Ctx, groupId: string, { displayName, externalId, members }: GroupChange) {
  requireScim(ctx);
  return rejectTaken(() =>
    ctx.db.write(async (tx) => {
      await lockAdmins(tx);
      const group = await findGroup(tx, ctx, groupId);
      await tx.q
        .update(tx.t.scimGroups)
        .set({
          ...(displayName !== undefined && { displayName, displayNameKey: displayName.toLowerCase() }),
          ...(externalId !== undefined && { externalId }),
          updatedAt: ctx.now(),
        })
        .where(eq(tx.t.scimGroups.id, group.id));
      if (displayName !== undefined && displayName !== group.displayName) {
        await recordAudit(tx, ctx, {
          action: "scimGroup.renamed",
          subject: { id: group.id, name: group.displayName },
          before: { name: group.displayName },
          after: { name: displayName },
        });
      }
      await changeMembers(tx, ctx, group, members);
      return readScimGroup(tx, ctx, group.id, true);
    }),
  );
}

async function findGroup({ q, t: { scimGroups } }: Tx, ctx: Ctx, groupId: string) {
  const which = and(eq(scimGroups.id, groupId), isManaged(ctx, scimGroups));
  const [group] = await q.select().from(scimGroups).where(which);
  if (!group) throw unknownResource("Group");
  return group;
}

/** Carries out the steps in order, then gives everyone who joined or left the role of their groups. */
async function changeMembers(
  tx: Tx,
  ctx: Ctx,
  group: { id: string; displayName: string },
  steps: readonly MemberStep[],
): Promise<void> {
  if (steps.length === 0) return;
  const { scimGroupMembers } = tx.t;
  const inGroup = eq(scimGroupMembers.groupId, group.id);
  const rows = await tx.q.select({ userId: scimGroupMembers.userId }).from(scimGroupMembers).where(inGroup);
  const before = new Set(rows.map(({ userId }) => userId));
  const after = afterSteps(before, steps);
  if (after.size > MAX_MEMBERS)
    throw invalidValue(`members: a group has at most ${formatNumber(MAX_MEMBERS)}.`);
  const added = [...after].filter((id) => !before.has(id));
  const removed = [...before].filter((id) => !after.has(id));
  if (added.length + removed.length === 0) return;
  await requireUsers(tx, ctx, added);
  const [{ siteRole } = { siteRole: null }] = await tx.q
    .select({ siteRole: tx.t.scimGroups.siteRole })
    .from(tx.t.scimGroups)
    .where(eq(tx.t.scimGroups.id, group.id));
  if (siteRole !== null && added.length > 0 && after.size > MAX_ROLE_MEMBERS) {
    throw invalidValue(
      `members: a group that makes administrators has at most ${formatNumber(MAX_ROLE_MEMBERS)}.`,
    );
  }
  for (const ids of batches(removed)) {
    await tx.q.delete(scimGroupMembers).where(and(inGroup, inArray(scimGroupMembers.userId, ids)));
  }
  for (const ids of batches(added)) {
    await tx.q.insert(scimGroupMembers).values(ids.map((userId) => ({ groupId: group.id, userId })));
  }
  await recordAudit(tx, ctx, {
    action: "scimGroup.members-changed",
    subject: { id: group.id, name: group.displayName },
    after: { added: added.length, removed: removed.length },
  });
  if (siteRole === null) return;
  for (const userId of [...added, ...removed]) await refreshRole(tx, ctx, userId);
}

/** One set for all steps: a request can have thousands, and a copy of 10,000 members takes a millisecond. */
function afterSteps(before: ReadonlySet<string>, steps: readonly MemberStep[]): ReadonlySet<string> {
  const members = new Set(before);
  for (const { kind, userIds } of steps) {
    if (kind === "replace") members.clear();
    for (const id of userIds) {
      if (kind === "remove") members.delete(id);
      else members.add(id);
    }
  }
  return members;
}

/** Throws 400 if one of the ids is not that of a user that the token manages. */
async function requireUsers({ q, t: { scimUsers } }: Tx, ctx: Ctx, userIds: string[]): Promise<void> {
  for (const ids of batches(userIds)) {
    const own = and(isNull(scimUsers.deletedAt), isManaged(ctx, scimUsers));
    const known = and(inArray(scimUsers.userId, ids), own);
    if ((await q.$count(scimUsers, known)) < ids.length) {
      throw invalidValue("members: there is no such user. Groups in groups are not supported.");
    }
  }
}

function batches(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, at) =>
    ids.slice(at * BATCH, (at + 1) * BATCH),
  );
}

async function rejectTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw uniquenessError("There is a group with this displayName.");
    throw error;
  }
}
