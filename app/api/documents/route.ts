import type { NextRequest } from "next/server";
import { handleDocumentUpload } from "#server/document-upload.ts";

/** An OpenAPI document from the portal's own page: previewed or saved. */
export async function POST(request: NextRequest): Promise<Response> {
  return handleDocumentUpload(request);
}
