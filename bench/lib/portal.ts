import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuild } from "#cli/build.ts";
import type { Deployment } from "./database.ts";
import { ROOT, type Server, startServer } from "./server.ts";

const READY_POLL_MS = 50;

/** Builds the portal if needed and runs it on `deployment`. */
export async function startPortal({ env }: Deployment, port: number): Promise<Server> {
  await ensureBuild();
  const url = `http://127.0.0.1:${port}`;
  return startServer({
    args: ["server/main.ts"],
    env: { ...env, PORT: String(port), LATCHKEY_URL: url },
    url,
    readyPath: "/livez",
  });
}

/** Waits until the portal is ready, and not only answers. */
export async function untilReady({ url }: Server): Promise<void> {
  while (!(await fetch(`${url}/readyz`)).ok) await sleep(READY_POLL_MS);
}

/**
 * Builds and runs the app with the empty route that the portal is compared with. With webpack, because Turbopack also
 * finds the portal's `instrumentation` and `proxy` in the folders above and would include them.
 */
export async function startEmptyApp(port: number): Promise<Server> {
  const next = join(ROOT, "node_modules/next/dist/bin/next");
  const cwd = join(ROOT, "bench/peers/empty");
  const settings = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  const built = spawnSync(process.execPath, [next, "build", "--webpack"], {
    cwd,
    env: { ...process.env, ...settings },
  });
  if (built.status !== 0) throw new Error(`the empty app could not be built:\n${built.stderr}`);
  return startServer({
    args: [next, "start", "--hostname", "127.0.0.1", "--port", String(port)],
    cwd,
    env: settings,
    url: `http://127.0.0.1:${port}`,
    readyPath: "/empty",
  });
}
