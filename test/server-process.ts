import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "./ports.ts";

/** A verifier or portal in a process of its own, as an operator runs it. */
export interface ServerProcess {
  url: string;
  /** Where a verifier has its metrics. */
  metricsUrl: string;
  child: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it and waits: by default in good order. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface Own {
  /** Its main module. */
  file: string;
  /** The setting that names its port. */
  portSetting: "PORT" | "VERIFIER_PORT";
  /** Answers 200 once it does its work. */
  readyPath: string;
}

/** Starts it, at the port that `env` names or a free one, and waits until it is ready. */
export async function startServerProcess(
  { file, portSetting, readyPath }: Own,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const port = Number(env[portSetting]) || (await freePort());
  const metricsPort = await freePort();
  const child = spawn(process.execPath, ["--import", "./cli/exit-with-supervisor.ts", file], {
    env: {
      ...process.env,
      ...(portSetting === "PORT" && { AUTH_SECRET: "only-for-tests-only-for-tests-0123456789" }),
      LATCHKEY_HOST: "127.0.0.1",
      LATCHKEY_METRICS_PORT: String(metricsPort),
      [portSetting]: String(port),
      ...env,
    },
    // The channel ends it when the tests are gone, however they went.
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
    if (child.exitCode !== null) throw new Error(`${file} ended at its start:\n${text}`);
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
