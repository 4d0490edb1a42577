import { eq, type SQL } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { Ctx, ScimActor } from "../../context.ts";
import { requiredProvider } from "../accounts/required-provider.ts";
import { invalidValue, ScimError } from "./errors.ts";

/** The identity provider that calls. Throws 403 for everyone else: people have pages for the same. */
export function requireScim(ctx: Ctx): ScimActor {
  if (ctx.actor.kind === "scim") return ctx.actor;
  throw new ScimError(403, "Send a SCIM token.");
}

/** What the token's provider is called in `scim_users` and `scim_groups`. */
export function providerOf(ctx: Ctx): string {
  return requireScim(ctx).provider ?? "";
}

/** Matches the users or groups that the token manages: those of its provider, or all if it has none. */
export function isManaged(
  ctx: Ctx,
  { provider }: Scope["t"]["scimUsers"] | Scope["t"]["scimGroups"],
): SQL | undefined {
  const own = requireScim(ctx).provider;
  return own === null ? undefined : eq(provider, own);
}

/** Throws 400 for an address whose domain requires another provider than the token's. */
export function requireOwnDomain(ctx: Ctx, email: string): void {
  const { provider, issuer } = requireScim(ctx);
  const required = requiredProvider(ctx, email);
  if (provider === null || required === null || required.issuer === issuer) return;
  throw invalidValue(
    `emails: people with this domain sign in with ${required.name}, which is not the token's provider.`,
  );
}
