import { eq } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx, Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { requirePublicTarget } from "./create.ts";
import { lockWebhook, presentWebhooks, subjectOf, type WebhookRow } from "./find.ts";
import { newSigningSecret, sealerOf, webhookSealingContext } from "./message.ts";
import { lockWebhookOwner } from "./owner.ts";
import type { UpdateWebhookInput, Webhook, WebhookRef, WebhookWithSecret } from "./schema.ts";
import { shortenedUrl } from "./slack.ts";

/** How long the previous signing secret still signs. */
const OLDER_MS = DAY_MS;

/** Updates a webhook's URL and events, or disables or enables it. */
export async function updateWebhook({ ctx, input }: Verb<UpdateWebhookInput>): Promise<Webhook> {
  return change(ctx, input, "webhook.updated", (row) => {
    if (input.url !== undefined) requirePublicTarget(ctx, input.url);
    const { kinds = row.kinds, enabled = row.disabledAt === null } = input;
    return {
      ...target(ctx, row, input.url),
      kinds,
      disabledAt: enabled ? null : (row.disabledAt ?? ctx.now()),
    };
  });
}

/**
 * The columns for a new URL. That of the format `slack` is a secret: who sends back the shortened one, as it was read,
 * changes nothing.
 */
function target(ctx: Ctx, row: WebhookRow, given: string | undefined) {
  if (given === undefined || given === row.url) return { url: row.url };
  if (row.format === "signed") return { url: given };
  return { url: shortenedUrl(given), sealedSecret: sealerOf(ctx).seal(given, webhookSealingContext(row.id)) };
}

/** Deletes a webhook and its secrets. Pending deliveries are not sent. */
export async function deleteWebhook({ ctx, input }: Verb<WebhookRef>): Promise<undefined> {
  await change(ctx, input, "webhook.deleted", () => ({
    deletedAt: ctx.now(),
    sealedSecret: "",
    sealedPrevious: null,
    previousUntil: null,
  }));
}

/** Rotates a webhook's signing secret; the previous one keeps signing for a day. */
export async function rotateWebhookSecret({ ctx, input }: Verb<WebhookRef>): Promise<WebhookWithSecret> {
  const secret = newSigningSecret();
  const webhook = await change(
    ctx,
    input,
    "webhook.secret-rotated",
    (row) => {
      if (row.format === "slack") throw new DomainError("conflict", "This webhook has no signing secret.");
      return {
        sealedSecret: sealerOf(ctx).seal(secret, webhookSealingContext(row.id)),
        sealedPrevious: row.sealedSecret,
        previousUntil: ctx.now() + OLDER_MS,
      };
    },
    ({ id, url, projectId }) =>
      ctx.created?.({ kind: "webhook", ...subjectOf({ id, url }), hint: "", projectId }),
  );
  return { webhook, secret };
}

async function change(
  ctx: Ctx,
  input: WebhookRef,
  action: string,
  fields: (row: WebhookRow) => Partial<WebhookRow>,
  changed?: (row: WebhookRow) => void,
): Promise<Webhook> {
  return ctx.db.write(async (tx) => {
    await lockWebhookOwner(tx, ctx, input);
    const row = await lockWebhook(tx, input);
    const set = fields(row);
    await tx.q.update(tx.t.webhooks).set(set).where(eq(tx.t.webhooks.id, row.id));
    await recordAudit(tx, ctx, {
      action,
      projectId: row.projectId,
      subject: subjectOf(row),
      ...traceOf(row, set),
    });
    changed?.(row);
    return presented(tx, { ...row, ...set }, ctx.now());
  });
}

/** Never includes a sealed secret. */
function traceOf(row: WebhookRow, { url, kinds, disabledAt }: Partial<WebhookRow>) {
  if (url === undefined) return {};
  return {
    before: { url: row.url, kinds: row.kinds, enabled: row.disabledAt === null },
    after: { url, kinds, enabled: disabledAt === null },
  };
}

async function presented(tx: Tx, row: WebhookRow, nowMs: number): Promise<Webhook> {
  const [webhook] = await presentWebhooks(tx, [row], nowMs);
  if (!webhook) throw new Error("one row is one webhook");
  return webhook;
}
