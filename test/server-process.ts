import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "./ports.ts";

/** A verifier or portal in a separate process, as an operator runs it. */
export interface ServerProcess {
  url: string;
  /** URL of its metrics. */
  metricsUrl: string;
  child: ChildProcess;
  /** Its output so far. */
  output(): string;
  /** Stops it, gracefully by default, and waits for its exit. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface ServerKind {
  /** Its main module. */
  file: string;
  /** The setting that names its port. */
  portSetting: "PORT" | "VERIFIER_PORT";
  /** Answers 200 when the server is ready. */
  readyPath: string;
}

/** Starts a server, on the port in `env` or a free one, and waits until it is ready. */
export async function startServerProcess(
  { file, portSetting, readyPath }: ServerKind,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const port = Number(env[portSetting]) || (await freePort());
  const metricsPort = await freePort();
  const child = spawn(process.execPath, ["--import", "./cli/exit-with-supervisor.ts", file], {
    env: {
      ...process.env,
      ...(portSetting === "PORT" &&
        env.AUTH_SECRET_FILE === undefined && { AUTH_SECRET: "only-for-tests-only-for-tests-0123456789" }),
      LATCHKEY_HOST: "127.0.0.1",
      LATCHKEY_METRICS_PORT: String(metricsPort),
      LATCHKEY_PORTAL_METRICS_PORT: String(metricsPort),
      [portSetting]: String(port),
      ...env,
    },
    // The IPC channel ends it when the test process ends, even by a crash.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url + readyPath))) {
    if (child.exitCode !== null) throw new Error(`${file} exited at startup:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    child,
    output: () => text,
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
    },
  };
}

function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
