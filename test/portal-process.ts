import { ensureBuild } from "#cli/build.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** Starts a portal. Builds the pages first if needed. */
export async function startPortal(env: Record<string, string>): Promise<ServerProcess> {
  await ensureBuild();
  const portal = { file: "server/main.ts", portSetting: "PORT", readyPath: "/api/openapi.json" } as const;
  return startServerProcess(portal, env);
}
