import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "engine");

/** A real ClickHouse engine behind its HTTP interface. */
export interface ClickHouseServer {
  url: string;
  /** The answer to a statement, as text. */
  query(statement: string): Promise<string>;
  /** Ends it like a crash. `start` restarts it on the same port, with its data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Installs the engine on the first run: half a gigabyte, which nothing else needs. */
function install(): void {
  if (existsSync(join(FOLDER, "node_modules/chdb"))) return;
  // `npm ci` also wants the engines of other platforms, which the lock file does not have.
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options], { cwd: FOLDER, stdio: "inherit" });
}

export async function startClickHouse(): Promise<ClickHouseServer> {
  install();
  const folder = await mkdtemp(join(tmpdir(), "latchkey-clickhouse-"));
  let child: ChildProcess | null = null;
  let port = "0";
  const start = async () => {
    child = spawn(process.execPath, [join(FOLDER, "server.js"), folder, port], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await Promise.race([
      once(child.stdout as NodeJS.ReadableStream, "data"),
      once(child, "exit").then(() => Promise.reject(new Error("ClickHouse exited at startup"))),
    ]);
    port = String(line).trim();
  };
  const kill = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  await start();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async query(statement) {
      const response = await fetch(url, { method: "POST", body: statement });
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return text.trim();
    },
    start,
    kill,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
