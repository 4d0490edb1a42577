import type { NextRequest } from "next/server";
import { handlePageRead } from "#server/page-read.ts";
import { auditFile } from "../../../../_audit/file.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The project's audit log as a file. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, (ctx, search) => auditFile(ctx, search, projectId));
}
