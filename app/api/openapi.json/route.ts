import { currentVersion } from "#platform/version.ts";
import { portalDocument } from "#server/api/openapi.ts";
import { getServices } from "#server/context.ts";
import { pageBrand } from "#server/page-brand.ts";

/** The OpenAPI document of the HTTP API. It is public. */
export async function GET(): Promise<Response> {
  const [{ settings }, { name }] = [await getServices(), await pageBrand()];
  return Response.json(portalDocument(settings, currentVersion(), name), {
    headers: { "Cache-Control": "no-cache" },
  });
}
