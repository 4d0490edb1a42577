import { z } from "zod";
import { PRODUCT_NAME } from "#core/brand/brand.ts";
import { PROBLEM_CODES } from "#domain/errors.ts";
import { REVOCATION_ROUTES } from "#engine/access-tokens/routes.ts";
import { CHECK_ROUTES } from "#engine/check/routes.ts";
import type { DescribedRoute } from "#platform/openapi/described-route.ts";
import { openApiDocument, SERVICE_TOKEN } from "#platform/openapi/document.ts";
import type { Settings } from "#platform/settings.ts";
import { API_ROUTES } from "./routes/index.ts";
import { GITHUB_ROUTE } from "./routes/leaks.ts";

/** Routes with their own handlers: those that verifiers answer too, and GitHub's. Only described here. */
export const OTHER_ROUTES: DescribedRoute[] = [...CHECK_ROUTES, ...REVOCATION_ROUTES, GITHUB_ROUTE];

/** RFC 9457, with the id of the request, a code if programs must distinguish errors, and each invalid field. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string(),
  code: z.enum(PROBLEM_CODES).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const MANAGEMENT_TOKEN =
  "A management token of a user or of a project. A user's token has the rights of that user, narrowed by its scopes: by default every scope except `members:write`, which must be chosen when the token is created. A project's token has a role in that project only, narrowed by its scopes, and does not end with the person who created it.";

/** The document of all that the portal answers, served at `/api/openapi.json`. `title`: the name of the portal. */
export function portalDocument(
  { url, verifierUrl }: Pick<Settings, "url" | "verifierUrl">,
  version: string,
  title: string = PRODUCT_NAME,
) {
  return openApiDocument([...OTHER_ROUTES, ...API_ROUTES], {
    url,
    verifierUrl,
    version,
    title,
    description:
      "Projects, API keys and their usage. The response is 404 for what the token's user may not see, and 403 for what they may see but not do. A POST accepts `Idempotency-Key`. Each operation names under `security` the scope that a management token needs; a token without it gets 403. Verifiers serve a separate document at the same path.",
    problem: problemSchema,
    securitySchemes: {
      managementToken: { type: "http", scheme: "bearer", description: MANAGEMENT_TOKEN },
      serviceToken: SERVICE_TOKEN,
    },
  });
}
