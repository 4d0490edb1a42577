import type { Dialect } from "./dialect.ts";
import { defineAccessTokens } from "./tables/access-tokens.ts";
import { defineAccounts } from "./tables/accounts.ts";
import { defineAlerts } from "./tables/alerts.ts";
import { defineAudit } from "./tables/audit.ts";
import { defineBillingExport } from "./tables/billing-export.ts";
import { defineBranding } from "./tables/branding.ts";
import { defineCatalog } from "./tables/catalog.ts";
import { defineKeys } from "./tables/keys.ts";
import { defineLifecycle } from "./tables/lifecycle.ts";
import { defineManagementTokens } from "./tables/management-tokens.ts";
import { defineNotifications } from "./tables/notifications.ts";
import { defineObservations } from "./tables/observations.ts";
import { definePlans } from "./tables/plans.ts";
import { definePolicies, defineProjects } from "./tables/projects.ts";

import { defineScim } from "./tables/scim.ts";
import { defineSearch } from "./tables/search.ts";
import { defineStatements } from "./tables/statements.ts";
import { defineUsage, defineUsageOutbox } from "./tables/usage.ts";

/** Every table, for one dialect. */
export function defineSchema(d: Dialect) {
  const accounts = defineAccounts(d);
  const catalog = defineCatalog(d);
  const projects = defineProjects(d, { ...accounts, ...catalog });
  const keys = defineKeys(d, { ...accounts, ...catalog, ...projects });
  return {
    ...accounts,
    ...catalog,
    ...projects,
    ...definePlans(d, projects),
    ...defineManagementTokens(d, { ...accounts, ...projects }),
    ...keys,
    ...defineSearch(d),
    ...defineAudit(d),
    ...defineUsage(d),
    ...defineUsageOutbox(d),
    ...defineObservations(d),
    ...definePolicies(d),
    ...defineNotifications(d, { ...accounts, ...projects }),
    ...defineLifecycle(d, keys),
    ...defineScim(d, accounts),
    ...defineAccessTokens(d),
    ...defineBranding(d),
    ...defineBillingExport(d),
    ...defineStatements(d),
    ...defineAlerts(d, projects),
  };
}

export type Tables = ReturnType<typeof defineSchema>;
