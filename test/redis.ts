import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";

/** A real Redis (or Valkey). */
export interface RedisServer {
  url: string;
  /** Sends an inline command and waits for the response. */
  send(command: string): Promise<void>;
  /** Kills it. `start` restarts it on the same port, with its persisted data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const PROGRAMS = ["redis-server", "valkey-server"];

/** By default without persistence. */
export async function startRedis({ persists = false } = {}): Promise<RedisServer> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), "latchkey-redis-"));
  let child: ChildProcess | null = null;
  const start = async () => {
    const persistence = persists
      ? ["--appendonly", "yes", "--appendfsync", "always"]
      : ["--appendonly", "no"];
    child = await spawnFirst(PROGRAMS, ["--port", String(port), "--save", "", ...persistence], dir);
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
    async send(command) {
      const socket = connect(port, "127.0.0.1");
      socket.write(`${command}\r\n`);
      const [answer] = await once(socket, "data");
      socket.destroy();
      if (String(answer).startsWith("-")) throw new Error(String(answer));
    },
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
  throw new Error(`install one of ${programs.join(", ")}: tests of limits need a real server`);
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
