import type { NextRequest } from "next/server";
import { handleDocumentUpload } from "#server/document-upload.ts";

/** Previews or saves an OpenAPI document that is uploaded on the portal's own page. */
export async function POST(request: NextRequest): Promise<Response> {
  return handleDocumentUpload(request);
}
