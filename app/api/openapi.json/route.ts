import { currentVersion } from "#platform/version.ts";
import { portalDocument } from "#server/api/openapi.ts";
import { getServices } from "#server/context.ts";

/** The OpenAPI document of the HTTP API. It is public. */
export async function GET(): Promise<Response> {
  const { settings } = await getServices();
  return Response.json(portalDocument(settings, currentVersion()), {
    headers: { "Cache-Control": "no-cache" },
  });
}
