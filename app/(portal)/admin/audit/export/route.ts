import type { NextRequest } from "next/server";
import { answerReader } from "#server/reader.ts";
import { auditFile } from "../../../_audit/file.ts";

/** The site's audit log as a file. */
export function GET(request: NextRequest): Promise<Response> {
  return answerReader(request, (ctx, search) => auditFile(ctx, search));
}
