import { exportAudit } from "#domain/audit/export.ts";
import { listAudit } from "#domain/audit/list.ts";
import {
  auditPageSchema,
  type ExportAuditInput,
  exportAuditSchema,
  listAuditSchema,
} from "#domain/audit/schema.ts";
import type { Verb } from "#domain/context.ts";
import { exportAuditFile } from "../../audit-export/run.ts";
import { type ApiFile, fileRoute, route } from "../route.ts";

const FILE = {
  mediaTypes: ["application/jsonl", "text/csv"],
  description:
    "All that the filters leave, the oldest first, however much it is: a row a line, with its place and hash in the chain. An answer that breaks off is not whole.",
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
    summary: "Who did what in a project (owner), the newest first",
    tokenScope: "audit:read",
    input: listAuditSchema.required({ projectId: true }),
    output: auditPageSchema,
    verb: listAudit,
  }),
  route({
    method: "GET",
    path: "/api/v1/audit",
    tag: "Administration",
    summary: "Who did what on the whole site, the newest first",
    tokenScope: "audit:read",
    input: listAuditSchema,
    output: auditPageSchema,
    verb: listAudit,
  }),
  fileRoute({
    ...FILE,
    path: "/api/v1/projects/{projectId}/audit/export",
    tag: "Projects",
    summary: "The audit log of a project as a file (owner)",
    tokenScope: "audit:read",
    input: exportAuditSchema.required({ projectId: true }),
    verb: fileOf,
  }),
  fileRoute({
    ...FILE,
    path: "/api/v1/audit/export",
    tag: "Administration",
    summary: "The audit log of the whole site as a file",
    tokenScope: "audit:read",
    input: exportAuditSchema,
    verb: fileOf,
  }),
];
