import { CHECK_ROUTES } from "#engine/check/routes.ts";
import type { DescribedRoute } from "#platform/openapi/described-route.ts";
import { GITHUB_ROUTE } from "./routes/leaks.ts";

/** Routes with their own handlers: those that verifiers answer too, and GitHub's. Only described here. */
export const OTHER_ROUTES: DescribedRoute[] = [...CHECK_ROUTES, GITHUB_ROUTE];
