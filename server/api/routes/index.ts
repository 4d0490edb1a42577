import type { Route } from "../route.ts";
import { accessRoutes } from "./access.ts";
import { adminRoutes } from "./admin.ts";
import { alertRoutes } from "./alerts.ts";
import { apiRoutes } from "./apis.ts";
import { auditRoutes } from "./audit.ts";
import { billingExportRoutes } from "./billing-exports.ts";
import { keyRoutes } from "./keys.ts";
import { leakRoutes } from "./leaks.ts";
import { memberRoutes } from "./members.ts";
import { ownRoutes } from "./own.ts";
import { planRoutes } from "./plans.ts";
import { policyRoutes } from "./policies.ts";
import { projectTokenRoutes } from "./project-tokens.ts";
import { projectRoutes } from "./projects.ts";
import { restrictionRoutes } from "./restrictions.ts";
import { tryRoutes } from "./try.ts";
import { usageRoutes } from "./usage.ts";
import { siteWebhookRoutes, webhookRoutes } from "./webhooks.ts";

/** All routes of the management API. They are served, validated and documented from this list; any other path is 404. */
export const API_ROUTES: Route[] = [
  ...ownRoutes,
  ...projectRoutes,
  ...memberRoutes,
  ...projectTokenRoutes,
  ...apiRoutes,
  ...planRoutes,
  ...keyRoutes,
  ...leakRoutes,
  ...restrictionRoutes,
  ...usageRoutes,
  ...accessRoutes,
  ...adminRoutes,
  ...policyRoutes,
  ...billingExportRoutes,
  ...auditRoutes,
  ...webhookRoutes,
  ...siteWebhookRoutes,
  ...alertRoutes,
  ...tryRoutes,
];
