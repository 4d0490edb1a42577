import type { NextRequest } from "next/server";
import { handlePageRead } from "#server/page-read.ts";
import { auditFile } from "../../../_audit/file.ts";

/** The site's audit log as a file. */
export function GET(request: NextRequest): Promise<Response> {
  return handlePageRead(request, (ctx, search) => auditFile(ctx, search));
}
