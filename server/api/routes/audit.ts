import { exportAudit } from "#domain/audit/export.ts";
import { listAudit } from "#domain/audit/list.ts";
import {
  auditPageSchema,
  type ExportAuditInput,
  exportAuditSchema,
  listAuditSchema,
} from "#domain/audit/schema.ts";
import type { Verb } from "#domain/context.ts";
import { exportAuditFile } from "../../audit-export/start.ts";
import { type ApiFile, fileRoute, route } from "../route.ts";

const FILE = {
  mediaTypes: ["application/jsonl", "text/csv"],
  description:
    "All matching entries, oldest first, one per line, with position and hash. An interrupted response is incomplete.",
};

async function fileOf(call: Verb<ExportAuditInput>): Promise<ApiFile> {
  const file = await exportAudit(call);
  return { ...file, parts: exportAuditFile(call.ctx, file) };
}

export const auditRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/audit",
    tag: "Projects",
    summary: "List the audit log of a project, newest first (owner)",
    tokenScope: "audit:read",
    input: listAuditSchema.required({ projectId: true }),
    output: auditPageSchema,
    verb: listAudit,
  }),
  route({
    method: "GET",
    path: "/api/v1/audit",
    tag: "Administration",
    summary: "List the audit log of the site, newest first",
    tokenScope: "audit:read",
    input: listAuditSchema,
    output: auditPageSchema,
    verb: listAudit,
  }),
  fileRoute({
    ...FILE,
    path: "/api/v1/projects/{projectId}/audit/export",
    tag: "Projects",
    summary: "Export the audit log of a project (owner)",
    tokenScope: "audit:read",
    input: exportAuditSchema.required({ projectId: true }),
    verb: fileOf,
  }),
  fileRoute({
    ...FILE,
    path: "/api/v1/audit/export",
    tag: "Administration",
    summary: "Export the audit log of the site",
    tokenScope: "audit:read",
    input: exportAuditSchema,
    verb: fileOf,
  }),
];
