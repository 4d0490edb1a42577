import type { Dialect } from "./dialect.ts";
import { defineAccounts } from "./tables/accounts.ts";
import { defineAudit } from "./tables/audit.ts";
import { defineCatalogue } from "./tables/catalogue.ts";
import { defineKeys } from "./tables/keys.ts";
import { defineLifecycle } from "./tables/lifecycle.ts";
import { defineNotices } from "./tables/notices.ts";
import { defineObservations } from "./tables/observations.ts";
import { definePolicies } from "./tables/policies.ts";
import { defineProjects } from "./tables/projects.ts";
import { defineUsage } from "./tables/usage.ts";

/** Every table, for one dialect. */
export function defineSchema(d: Dialect) {
  const people = defineAccounts(d);
  const catalogue = defineCatalogue(d);
  const projects = defineProjects(d, { ...people, ...catalogue });
  const keys = defineKeys(d, { ...people, ...catalogue, ...projects });
  return {
    ...people,
    ...catalogue,
    ...projects,
    ...keys,
    ...defineAudit(d),
    ...defineUsage(d),
    ...defineObservations(d),
    ...definePolicies(d),
    ...defineNotices(d, { ...people, ...projects }),
    ...defineLifecycle(d, keys),
  };
}

export type Tables = ReturnType<typeof defineSchema>;
