import { newId } from "#core/ids.ts";
import { DEFAULT_SCOPES, MEMBERS_WRITE } from "#core/scopes.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireRoomForToken } from "../../bounds.ts";
import { refuseTokens, requireUser, type Verb } from "../../context.ts";
import { lockActiveUser, requireStepUp } from "../accounts/step-up.ts";
import { presentManagementToken } from "./present.ts";
import type { CreateManagementTokenInput } from "./schema.ts";
import type { ManagementTokenWithToken } from "./types.ts";

/**
 * Makes a token with which scripts act as this user. It is in this answer and nowhere else. No token makes another:
 * one that was stolen would live on in it. The scope `members:write` has to be asked for, and confirmed with the
 * password (see `requireStepUp`).
 */
export async function createManagementToken({
  ctx,
  input,
}: Verb<CreateManagementTokenInput>): Promise<ManagementTokenWithToken> {
  const user = requireUser(ctx);
  refuseTokens(ctx);
  const scopes = [...new Set(input.scopes ?? DEFAULT_SCOPES)];
  if (scopes.includes(MEMBERS_WRITE)) await requireStepUp(ctx, input.password);
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
