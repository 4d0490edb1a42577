import { randomBytes } from "node:crypto";
import type { Ctx, Sealer } from "../../context.ts";

const BYTES = 24;

/** A new signing secret in the format of Standard Webhooks. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(BYTES).toString("base64")}`;
}

/** The sealer for webhook secrets. Throws if there is none, as in the CLI. */
export function sealerOf({ sealer }: Pick<Ctx, "sealer">): Sealer {
  if (sealer === null) throw new Error("secrets can only be sealed by the portal");
  return sealer;
}

/** Binds a sealed secret to its webhook. */
export function sealingFor(webhookId: string): string {
  return `webhook ${webhookId}`;
}
