import type { Instrumentation } from "next";

/**
 * Runs before the first request: opens the database, follows the change feed, and starts the jobs. The development
 * server does this itself, after the first page (server/development.ts).
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NODE_ENV === "production") {
    const { getEngine } = await import("#server/engine.ts");
    await getEngine();
    const { startJobs } = await import("#server/jobs.ts");
    startJobs();
  }
}

/** Logs errors of pages and actions with the digest that the error page shows, never with the request. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { currentRequest } = await import("#server/request-scope.ts");
  // A malformed request, logged where it is rejected.
  if (currentRequest()?.isDecodingAction) return;
  const { log } = await import("#server/log.ts");
  const digest = typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  log.error({ err: error, digest, route: context.routePath, kind: context.routeType }, "a page failed");
};
