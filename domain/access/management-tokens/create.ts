import { newId } from "#core/ids.ts";
import { DEFAULT_SCOPES, type ManagementScope, MEMBERS_WRITE, type ProjectTokenRole } from "#core/scopes.ts";
import { isoOrNull } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxUserTokens } from "../../bounds.ts";
import { type Ctx, denyManagementTokens, requireUser, type UserActor, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { lockActiveUser, requireRecentConfirmation } from "../accounts/step-up.ts";
import { expiryFor } from "./lifetime.ts";
import { type ManagementTokenRow, presentManagementToken } from "./list.ts";
import type { CreateManagementTokenInput, ManagementTokenWithToken } from "./schema.ts";

/**
 * Creates a token that lets scripts act as this user. The token is in this response only. A management token can't
 * create another, which would outlive the revocation of a stolen one. The scope `members:write` is not granted by
 * default and requires a recent confirmation of identity. Throws `forbidden` for an administrator outside the IP
 * addresses for administration.
 */
export async function createManagementToken({
  ctx,
  input,
}: Verb<CreateManagementTokenInput>): Promise<ManagementTokenWithToken> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  requireAllRights(user);
  const scopes = input.scopes ?? DEFAULT_SCOPES;
  if (scopes.includes(MEMBERS_WRITE)) requireRecentConfirmation(ctx);
  return ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    await enforceMaxUserTokens(tx, ctx, user.userId);
    const { row, token } = await insertToken(tx, ctx, { userId: user.userId }, { ...input, scopes });
    return { managementToken: presentManagementToken(row, ctx.now()), token };
  });
}

/**
 * Throws `forbidden` for an administrator outside the IP addresses for administration: a token works from everywhere,
 * with all rights of its user.
 */
export function requireAllRights({ isOutsideAdminIpAddresses }: UserActor): void {
  if (!isOutsideAdminIpAddresses) return;
  throw new DomainError(
    "forbidden",
    "From this IP address, you have no rights of an administrator, but the token would have them. Do this from an IP address that is allowed for administration.",
    { byRights: false },
  );
}

/** Whose token it is: a user's, or a project's with its role there. */
export type TokenOwner =
  | { userId: string }
  | { projectId: string; role: ProjectTokenRole; createdBy: string };

type NewToken = Pick<CreateManagementTokenInput, "name" | "expiresAt" | "allowedIps"> & {
  scopes: readonly ManagementScope[];
};

/**
 * Writes a new token and its audit row. The caller has checked the permission and locked the owner. Throws `invalid` for
 * an expiry that the policy excludes.
 */
export async function insertToken(
  tx: Tx,
  ctx: Ctx,
  owner: TokenOwner,
  input: NewToken,
): Promise<{ row: ManagementTokenRow; token: string }> {
  const token = generateToken(ctx.settings.keyPrefix, "mgt");
  const now = ctx.now();
  const scopes = [...new Set(input.scopes)];
  const [projectId, role] = "projectId" in owner ? [owner.projectId, owner.role] : [null, null];
  const row = {
    id: newId("managementToken"),
    role,
    name: input.name,
    hint: hintOf(token),
    scopes,
    allowedIps: input.allowedIps ?? [],
    createdAt: now,
    expiresAt: await expiryFor(tx, input.expiresAt, now),
    olderHint: null,
    olderEndsAt: null,
    olderUsedAt: null,
    lastUsedAt: null,
    lastUsedFrom: null,
    revokedAt: null,
  };
  await tx.q.insert(tx.t.managementTokens).values({ ...row, ...owner, hash: hashToken(token) });
  const { id, name, hint, allowedIps, expiresAt } = row;
  ctx.created?.({ kind: "managementToken", id, name, hint, projectId });
  await recordAudit(tx, ctx, {
    action: "managementToken.created",
    projectId,
    subject: row,
    after: { name, hint, ...(role && { role }), scopes, expiresAt: isoOrNull(expiresAt), allowedIps },
  });
  return { row, token };
}
