import type { Dialect } from "../dialect.ts";

/** Policies that administrators set for the whole site. */
export function definePolicies(d: Dialect) {
  const policies = d.table("policies", {
    name: d.text("name").primaryKey(),
    value: d.json<Record<string, unknown>>("value").notNull(),
    updatedAt: d.instant("updated_at").notNull(),
    updatedBy: d.text("updated_by").notNull(),
  });
  return { policies };
}
