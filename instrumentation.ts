import type { Instrumentation } from "next";

/** Before the first request: opens the database, begins to follow its changes, and what is done by itself. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getEngine } = await import("#server/engine.ts");
  await getEngine();
  const { startJobs } = await import("#server/jobs.ts");
  startJobs();
}

/** Errors of pages and actions: logged with the digest that the error page shows, never with the request. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { requestHere } = await import("#server/request-scope.ts");
  // Malformed by the client, and logged where it is refused.
  if (requestHere()?.isDecodingAction) return;
  const { log } = await import("#server/log.ts");
  const digest = typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  log.error({ err: error, digest, route: context.routePath, kind: context.routeType }, "a page failed");
};
