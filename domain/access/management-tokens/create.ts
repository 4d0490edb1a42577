import { newId } from "#core/ids.ts";
import { DEFAULT_SCOPES, MEMBERS_WRITE } from "#core/scopes.ts";
import { isoOrNull } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireRoomForToken } from "../../bounds.ts";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { lockActiveUser, requireRecentConfirmation } from "../accounts/step-up.ts";
import { expiryFor } from "./lifetime.ts";
import { presentManagementToken } from "./list.ts";
import type { CreateManagementTokenInput, ManagementTokenWithToken } from "./schema.ts";

/**
 * Creates a token that lets scripts act as this user. The token is in this response only. A management token can't
 * create another, which would outlive the revocation of a stolen one. The scope `members:write` is not granted by
 * default and requires a recent confirmation of identity.
 */
export async function createManagementToken({
  ctx,
  input,
}: Verb<CreateManagementTokenInput>): Promise<ManagementTokenWithToken> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  const scopes = [...new Set(input.scopes ?? DEFAULT_SCOPES)];
  if (scopes.includes(MEMBERS_WRITE)) requireRecentConfirmation(ctx);
  const token = generateToken(ctx.settings.keyPrefix, "mgt");
  const now = ctx.now();
  return ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    await requireRoomForToken(tx, ctx, user.userId);
    const row = {
      id: newId("managementToken"),
      userId: user.userId,
      name: input.name,
      hint: hintOf(token),
      scopes,
      allowedIps: input.allowedIps ?? [],
      createdAt: now,
      expiresAt: await expiryFor(tx, input.expiresAt, now),
      olderHint: null,
      olderEndsAt: null,
      lastUsedAt: null,
      lastUsedFrom: null,
      revokedAt: null,
    };
    await tx.q.insert(tx.t.managementTokens).values({ ...row, hash: hashToken(token) });
    const { id, name, hint, allowedIps, expiresAt } = row;
    ctx.created?.({ kind: "managementToken", id, name, hint, projectId: null });
    await recordAudit(tx, ctx, {
      action: "managementToken.created",
      subject: row,
      after: { name, hint, scopes, expiresAt: isoOrNull(expiresAt), allowedIps },
    });
    return { managementToken: presentManagementToken(row, now), token };
  });
}
