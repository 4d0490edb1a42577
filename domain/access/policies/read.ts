import { eq } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { Policies } from "./types.ts";

/** The name of the single row. */
export const SITE = "site";

/** Nothing is required, and nothing is disabled. */
const DEFAULTS: Policies = {
  liveKeysNeedApplicationRestriction: false,
  secretAge: null,
  unusedKeys: { warnDays: null, disableDays: null, revokeDays: null },
  leakedKeys: { live: "tell", test: "tell" },
};

/** The site's current policies. */
export async function readPolicies({ q, t }: Scope): Promise<Policies> {
  const [row] = await q.select({ value: t.policies.value }).from(t.policies).where(eq(t.policies.name, SITE));
  return { ...DEFAULTS, ...row?.value };
}
