import type { IncomingMessage, ServerResponse } from "node:http";
import { registerHooks } from "node:module";
import { startUnlessStopping } from "./lifecycle.ts";

export type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** How long to wait for a page: after a restart, nobody may open one. */
const MAX_WAIT_MS = 30_000;

/** Calls `then` once, after the first response of `handle`. */
export function afterFirstPage(handle: PageHandler, then: () => void): PageHandler {
  const start = () => {
    clearTimeout(timer);
    if (!started) then();
    started = true;
  };
  let started = false;
  const timer = setTimeout(start, MAX_WAIT_MS);
  return async (req, res) => {
    await handle(req, res);
    start();
  };
}

/**
 * What `instrumentation.ts` does in production. Here Node loads the modules: Next would compile them before the first
 * page, which takes seconds.
 */
export async function startEngineAndJobs(): Promise<void> {
  // Outside Next, `server-only` has to be resolved to an empty module here.
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "server-only"
        ? { url: "data:text/javascript,", format: "module", shortCircuit: true }
        : next(specifier, context),
  });
  await startUnlessStopping(async () => {
    const { getEngine } = await import("./engine.ts");
    await getEngine();
    const { startJobs } = await import("./jobs.ts");
    startJobs();
  });
}
