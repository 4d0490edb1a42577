import { newId } from "#core/ids.ts";
import { DEFAULT_SCOPES } from "#core/scopes.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordAudit } from "../audit/record.ts";
import { requireUser, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { presentManagementToken } from "./present.ts";
import type { CreateManagementTokenInput } from "./schemas.ts";
import type { ManagementTokenWithToken } from "./types.ts";

/**
 * Makes a token with which scripts act as this user. It is in this answer and nowhere else. No token makes another:
 * one that was stolen would live on in it.
 */
export async function createManagementToken({
  ctx,
  input,
}: Verb<CreateManagementTokenInput>): Promise<ManagementTokenWithToken> {
  const { userId, via } = requireUser(ctx);
  if (via === "token") throw new DomainError("forbidden", "A management token can't make another: sign in.");
  const token = generateToken(ctx.settings.keyPrefix, "mgt");
  const row = {
    id: newId("managementToken"),
    userId,
    name: input.name,
    hint: hintOf(token),
    scopes: [...DEFAULT_SCOPES],
    createdAt: ctx.now(),
    lastUsedAt: null,
    revokedAt: null,
  };
  await ctx.db.write(async (tx) => {
    await tx.q.insert(tx.t.managementTokens).values({ ...row, hash: hashToken(token) });
    await recordAudit(tx, ctx, {
      action: "managementToken.created",
      subject: row,
      after: { name: row.name, hint: row.hint },
    });
  });
  return { managementToken: presentManagementToken(row), token };
}
