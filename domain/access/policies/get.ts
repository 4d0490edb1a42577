import { requireUser, type Verb } from "../../context.ts";
import { readPolicies } from "./read.ts";
import type { Policies } from "./types.ts";

/** The site's policies. Everyone can read them, because they apply to everyone. */
export async function getPolicies({ ctx }: Verb<object>): Promise<Policies> {
  requireUser(ctx);
  return readPolicies(ctx.db.read);
}
