import type { Ctx, ScimActor } from "../../context.ts";
import { ScimError } from "./errors.ts";

/** The identity provider that calls. Throws 403 for everyone else: people have pages for the same. */
export function requireScim(ctx: Ctx): ScimActor {
  if (ctx.actor.kind === "scim") return ctx.actor;
  throw new ScimError(403, "Send a SCIM token.");
}
