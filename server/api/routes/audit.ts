import { listAudit } from "#domain/audit/list.ts";
import { listAuditSchema } from "#domain/audit/schemas.ts";
import { route } from "../route.ts";
import { auditPage } from "../shapes/site.ts";

export const auditRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/audit",
    tag: "Projects",
    summary: "Who did what in a project (owner), the newest first",
    input: listAuditSchema.required({ projectId: true }),
    output: auditPage,
    verb: listAudit,
  }),
  route({
    method: "GET",
    path: "/api/v1/audit",
    tag: "Administration",
    summary: "Who did what on the whole site, the newest first",
    input: listAuditSchema,
    output: auditPage,
    verb: listAudit,
  }),
];
