import { randomBytes } from "node:crypto";
import type { Ctx, Sealer } from "../../context.ts";

const BYTES = 24;

/** A new signing secret, as Standard Webhooks writes them. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(BYTES).toString("base64")}`;
}

/** What a webhook's secret is sealed with and for. Throws where nothing can be sealed, as at the terminal. */
export function sealerOf({ sealer }: Pick<Ctx, "sealer">): Sealer {
  if (sealer === null) throw new Error("secrets can only be sealed by the portal");
  return sealer;
}

/** Binds a sealed secret to its webhook. */
export function sealingFor(webhookId: string): string {
  return `webhook ${webhookId}`;
}
