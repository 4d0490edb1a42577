import { portalDocument } from "#server/api/openapi.ts";
import { getServices } from "#server/context.ts";
import packageJson from "../../../package.json" with { type: "json" };

/** The OpenAPI document of the HTTP API. It is public. */
export async function GET(): Promise<Response> {
  const { settings } = await getServices();
  return Response.json(portalDocument(settings, packageJson.version), {
    headers: { "Cache-Control": "no-cache" },
  });
}
