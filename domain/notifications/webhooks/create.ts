import { isIP } from "node:net";
import { newId } from "#core/ids.ts";
import { isPublicIpAddress } from "#core/public-ip-address.ts";
import { lockActiveUser } from "../../access/accounts/step-up.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxWebhooks } from "../../bounds.ts";
import type { Ctx, Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { mustFindWebhook, presentWebhooks, subjectOf } from "./find.ts";
import { newSigningSecret, sealerOf, webhookSealingContext } from "./message.ts";
import { lockWebhookOwner } from "./owner.ts";
import type { CreateWebhookInput, WebhookWithSecret } from "./schema.ts";
import { shortenedUrl } from "./slack.ts";

/**
 * Creates a webhook of a project, for its owners, or of the site, for administrators. The signing secret is in this
 * response only.
 */
export async function createWebhook({ ctx, input }: Verb<CreateWebhookInput>): Promise<WebhookWithSecret> {
  const { projectId, kinds, format = "signed" } = input;
  return ctx.db.write(async (tx) => {
    await lockWebhookOwner(tx, ctx, input);
    // So that it can't be missed by what ends the access of its user at the same time.
    if (ctx.actor.kind === "user") await lockActiveUser(tx, ctx.actor);
    requirePublicTarget(ctx, input.url);
    const { webhooks } = tx.t;
    await enforceMaxWebhooks(tx, ctx, projectId);
    const [id, now] = [newId("webhook"), ctx.now()];
    const secret = format === "slack" ? null : newSigningSecret();
    const url = format === "slack" ? shortenedUrl(input.url) : input.url;
    const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : "";
    const sealedSecret = sealerOf(ctx).seal(secret ?? input.url, webhookSealingContext(id));
    await tx.q
      .insert(webhooks)
      .values({ id, projectId, format, url, kinds, sealedSecret, createdAt: now, createdBy });
    if (secret !== null) {
      ctx.created?.({ kind: "webhook", ...subjectOf({ id, url }), hint: "", projectId });
    }
    await recordAudit(tx, ctx, {
      action: "webhook.created",
      projectId,
      subject: subjectOf({ id, url }),
      after: { url, kinds, ...(format !== "signed" && { format }) },
    });
    const [webhook] = await presentWebhooks(
      tx,
      [await mustFindWebhook(tx, { projectId, webhookId: id })],
      now,
    );
    if (!webhook) throw new Error("the new webhook is missing");
    return { webhook, secret };
  });
}

/**
 * Throws `invalid` for a URL that no webhook may have. Host names are checked when they are called, because what they
 * resolve to may change.
 */
export function requirePublicTarget({ settings }: Pick<Ctx, "settings">, text: string): void {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw invalid("url", "Remove the user name and password.");
  }
  if (settings.webhooksToPrivate) return;
  if (url.protocol !== "https:")
    throw invalid("url", "Use https: events contain information about your keys.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicIpAddress(host)) {
    throw invalid("url", "This is a private IP address. The portal only calls public ones.");
  }
}
