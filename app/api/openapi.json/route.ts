import { openApiDocument } from "#server/api/openapi.ts";
import { OTHER_ROUTES } from "#server/api/other-routes.ts";
import { API_ROUTES } from "#server/api/routes/index.ts";
import { getServices } from "#server/context.ts";
import packageJson from "../../../package.json" with { type: "json" };

/** The OpenAPI document of the HTTP API. It is public. */
export async function GET(): Promise<Response> {
  const { settings } = await getServices();
  return Response.json(
    openApiDocument([...OTHER_ROUTES, ...API_ROUTES], { url: settings.url, version: packageJson.version }),
    {
      headers: { "Cache-Control": "no-cache" },
    },
  );
}
