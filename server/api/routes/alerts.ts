import { createAlert, deleteAlert, listAlerts, updateAlert } from "#domain/notifications/alerts/manage.ts";
import {
  alertListSchema,
  alertRefSchema,
  alertSchema,
  createAlertSchema,
  listAlertsSchema,
  updateAlertSchema,
} from "#domain/notifications/alerts/schema.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "Alerts";
const ALERTS = "/api/v1/projects/{projectId}/alerts";
const ALERT = `${ALERTS}/{alertId}` as const;

export const alertRoutes = [
  route({
    method: "GET",
    path: ALERTS,
    tag,
    summary: "List the alerts of a project",
    tokenScope: "projects:read",
    input: paged(listAlertsSchema),
    output: alertListSchema,
    verb: inPages(
      async (call: Parameters<typeof listAlerts>[0]) => (await listAlerts(call)).items,
      ({ id }) => id,
    ),
  }),
  route({
    method: "POST",
    path: ALERTS,
    tag,
    summary: "Create an alert (owner)",
    tokenScope: "projects:write",
    input: createAlertSchema,
    output: alertSchema,
    status: 201,
    verb: createAlert,
  }),
  route({
    method: "PATCH",
    path: ALERT,
    tag,
    summary: "Change an alert (owner); `enabled` disables and enables it",
    tokenScope: "projects:write",
    input: updateAlertSchema,
    output: alertSchema,
    verb: updateAlert,
  }),
  route({
    method: "DELETE",
    path: ALERT,
    tag,
    summary: "Delete an alert (owner)",
    tokenScope: "projects:write",
    input: alertRefSchema,
    output: null,
    verb: deleteAlert,
  }),
];
