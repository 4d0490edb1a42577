import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";

/** A real Redis (or Valkey), keeping nothing on disk. */
export interface RedisServer {
  url: string;
  /** Ends it at once; `start` begins it anew on the same port, empty. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it, for good. */
  stop(): Promise<void>;
}

const PROGRAMS = ["redis-server", "valkey-server"];

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), "latchkey-redis-"));
  let child: ChildProcess | null = null;
  const start = async () => {
    child = await spawnFirst(PROGRAMS, ["--port", String(port), "--save", "", "--appendonly", "no"], dir);
    while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const kill = async () => {
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    child = null;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function spawnFirst(programs: string[], args: string[], cwd: string): Promise<ChildProcess> {
  for (const program of programs) {
    const child = spawn(program, args, { cwd, stdio: "ignore" });
    const [error] = await Promise.race([once(child, "spawn"), once(child, "error")]);
    if (!error) return child;
  }
  throw new Error(`install one of ${programs.join(", ")}: limits are tested against a real one`);
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
