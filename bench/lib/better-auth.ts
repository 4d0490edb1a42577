import { join } from "node:path";
import { type HttpRequest, posts } from "./requests.ts";
import { ROOT, type Server, startServer } from "./server.ts";

const HERE = join(ROOT, "bench/peers/better-auth");

/** Runs it on a database (a path for SQLite, a URL for Postgres) and creates `keys` keys in it. */
export async function startBetterAuth(
  databaseUrl: string,
  port: number,
  keys: number,
): Promise<{ server: Server; requests: HttpRequest[] }> {
  const server = await startServer({
    args: ["server.mjs"],
    cwd: HERE,
    env: { DATABASE_URL: databaseUrl, PORT: String(port), KEYS: String(keys) },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/",
  });
  const secrets: string[] = await (await fetch(server.url)).json();
  return {
    server,
    requests: posts(
      "/",
      {},
      secrets.map((key) => JSON.stringify({ key })),
    ),
  };
}
