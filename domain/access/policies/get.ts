import { requireUser, type Verb } from "../../context.ts";
import { readPolicies } from "./read.ts";
import type { Policies } from "./types.ts";

/** The site's rules, for everybody who has to keep to them. */
export async function getPolicies({ ctx }: Verb<object>): Promise<Policies> {
  requireUser(ctx);
  return readPolicies(ctx.db.read);
}
