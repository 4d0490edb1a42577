import { ensureBuild } from "#cli/build.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** Builds the pages first, where they are not built yet. */
export async function startPortal(env: Record<string, string>): Promise<ServerProcess> {
  await ensureBuild();
  const portal = { file: "server/main.ts", portSetting: "PORT", readyPath: "/api/openapi.json" } as const;
  return startServerProcess(portal, env);
}
