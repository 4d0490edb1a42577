import { newId } from "#core/ids.ts";
import { DEFAULT_SCOPES, MEMBERS_WRITE } from "#core/scopes.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireRoomForToken } from "../../bounds.ts";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { lockActiveUser, requireRecentConfirmation } from "../accounts/step-up.ts";
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
  const row = {
    id: newId("managementToken"),
    userId: user.userId,
    name: input.name,
    hint: hintOf(token),
    scopes,
    createdAt: ctx.now(),
    lastUsedAt: null,
    revokedAt: null,
  };
  await ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    await requireRoomForToken(tx, ctx, user.userId);
    await tx.q.insert(tx.t.managementTokens).values({ ...row, hash: hashToken(token) });
    const { id, name, hint } = row;
    ctx.created?.({ kind: "managementToken", id, name, hint, projectId: null });
    await recordAudit(tx, ctx, {
      action: "managementToken.created",
      subject: row,
      after: { name: row.name, hint: row.hint, scopes },
    });
  });
  return { managementToken: presentManagementToken(row), token };
}
