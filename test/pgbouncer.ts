import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";
import { adminQuery } from "./postgres.ts";

/** A real PgBouncer in transaction mode, with default settings besides `more`. */
export interface PgBouncer {
  /** The URL of the same database through PgBouncer. */
  through(databaseUrl: string): string;
  stop(): Promise<void>;
}

/** Fewer than a verifier's pool has, so that clients share connections. */
const CONNECTIONS = 5;

export async function startPgBouncer(
  serverUrl: string,
  more: Record<string, string | number> = {},
): Promise<PgBouncer> {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl);
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), "latchkey-pgbouncer-"));
  // PgBouncer drops root and must still be able to read this.
  await chmod(dir, 0o755);
  const config = join(dir, "pgbouncer.ini");
  await writeFile(
    config,
    `[databases]
* = host=${hostname} port=${serverPort} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${CONNECTIONS}
${Object.entries(more)
  .map(([name, value]) => `${name} = ${value}\n`)
  .join("")}`,
  );
  const userArgs = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn("pgbouncer", [...userArgs, config], { stdio: ["ignore", "ignore", "pipe"] });
  const output = textOf(child);
  const through = (databaseUrl: string) => {
    const url = new URL(databaseUrl);
    [url.hostname, url.port] = ["127.0.0.1", String(port)];
    return url.href;
  };
  while (!(await answers(through(serverUrl)))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended at its start:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    through,
    async stop() {
      if (child.exitCode === null) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function textOf(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function answers(url: string): Promise<boolean> {
  return adminQuery(url, "select 1").then(
    () => true,
    () => false,
  );
}
