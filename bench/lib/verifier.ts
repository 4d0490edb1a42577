import type { Deployment } from "./database.ts";
import { type Server, startServer } from "./server.ts";

export const VERIFY = "/api/v1/keys/verify";
export const BATCH = "/api/v1/keys/verify/batch";
export const GATE = "/api/v1/gate/nginx/badges";

/** Starts a verifier on a deployment. `nodeArgs` are for Node.js. */
export function startVerifier(
  { env }: Pick<Deployment, "env">,
  port: number,
  nodeArgs: string[] = [],
): Promise<Server> {
  return startServer({
    args: [...nodeArgs, "verifier/main.ts"],
    env: { ...env, VERIFIER_PORT: String(port) },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/readyz",
  });
}
