import { eq, sql } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { isoOrNull } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxServiceTokens } from "../../bounds.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { invalid, requireFuture } from "../../errors.ts";
import { readServiceToken } from "./list.ts";
import type { CreateServiceTokenInput, ServiceTokenWithToken } from "./schema.ts";

/** Creates a service token, which lets a service verify keys. The token is in this response only. */
export async function createServiceToken({
  ctx,
  input,
}: Verb<CreateServiceTokenInput>): Promise<ServiceTokenWithToken> {
  requireAdmin(ctx);
  const token = generateToken(ctx.settings.keyPrefix, "svc");
  const { name, trustedProxies, localVerification = false, expiresAt = null } = input;
  const now = ctx.now();
  requireFuture("expiresAt", expiresAt, now);
  return ctx.db.write(async (tx) => {
    await enforceMaxServiceTokens(tx, ctx);
    const row = {
      id: newId("serviceToken"),
      name,
      hash: hashToken(token),
      hint: hintOf(token),
      apiId: input.api === null ? null : await lockApi(tx, input.api),
      trustedProxies,
      localVerification,
      createdAt: now,
      expiresAt,
      createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : "system",
    };
    await tx.q.insert(tx.t.serviceTokens).values(row);
    ctx.created?.({ kind: "serviceToken", id: row.id, name, hint: row.hint, projectId: null });
    await recordChange(tx, { kind: "serviceToken", subject: row.id }, now);
    await recordAudit(tx, ctx, {
      action: "serviceToken.created",
      subject: row,
      after: {
        name,
        api: input.api,
        trustedProxies,
        localVerification,
        hint: row.hint,
        expiresAt: isoOrNull(expiresAt),
      },
    });
    return { serviceToken: await readServiceToken(tx, row.id, now), token };
  });
}

/** Locks the API until the token is created: a concurrently deleted API counts as missing. */
async function lockApi({ q, t: { apis } }: Tx, slug: string): Promise<string> {
  const [api] = await q
    .update(apis)
    .set({ id: sql`${apis.id}` })
    .where(eq(apis.slug, slug))
    .returning({ id: apis.id });
  if (!api) throw invalid("api", `There is no API “${slug}”.`);
  return api.id;
}
