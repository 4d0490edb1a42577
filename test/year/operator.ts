import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../ports.ts";

/** A process that prints nothing for so long, and is not ready, does not become ready on a busy machine either. */
const SILENT_MS = 600_000;
const POLL_MS = 50;

type Env = Record<string, string>;

/** A process that the operator started. */
export interface Started {
  url: string;
  output(): string;
  /** Ends it and waits: with SIGTERM as a service manager does, or as a crash. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** An operator: someone with a shell in an installation, who knows the settings and calls the HTTP API. */
export class Operator {
  /** Where the code is. An upgrade changes it. */
  folder: string;
  readonly settings: Env;
  /** A management token. */
  token = "";

  constructor(folder: string, settings: Env) {
    this.folder = folder;
    this.settings = settings;
  }

  /** Runs a `latchkey` command, however long it takes. Rejects with its output if it fails. */
  async run(args: string[], { input = "", env = {} as Env } = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        process.execPath,
        [join(this.folder, "cli/main.ts"), ...args],
        { cwd: this.folder, env: this.#env(env), maxBuffer: 64 * 1_024 * 1_024 },
        (error, out, err) => {
          if (error) reject(new Error(`latchkey ${args.join(" ")} failed:\n${out}${err}`));
          else resolve(out.trim());
        },
      );
      child.stdin?.end(input);
    });
  }

  /** `latchkey start`: a portal and a verifier. */
  async start(env: Env = {}): Promise<Started> {
    return this.#spawn(["start"], { ...(await ports()), ...env }, "PORT", (output) =>
      output.includes("ready in"),
    );
  }

  async portal(env: Env = {}): Promise<Started> {
    return this.#spawn(["portal"], { ...(await ports()), ...env }, "PORT", (_, url) => isOk(`${url}/readyz`));
  }

  async verifier(env: Env = {}): Promise<Started> {
    const all = { ...(await ports()), ...env };
    return this.#spawn(["verifier"], all, "VERIFIER_PORT", (_, url) => isOk(`${url}/readyz`));
  }

  /** Calls the management API. Rejects if it does not answer with success. */
  // biome-ignore lint/suspicious/noExplicitAny: the year reads what it expects; wrong shapes fail it.
  async call(portal: string, method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(`${portal}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  #env(env: Env): NodeJS.ProcessEnv {
    return {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      LATCHKEY_HOST: "127.0.0.1",
      ...this.settings,
      ...env,
    };
  }

  async #spawn(
    args: string[],
    env: Env,
    port: "PORT" | "VERIFIER_PORT",
    isReady: (output: string, url: string) => boolean | Promise<boolean>,
  ): Promise<Started> {
    const child = spawn(process.execPath, [join(this.folder, "cli/main.ts"), ...args], {
      cwd: this.folder,
      env: this.#env(env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    child.on("exit", () => running.delete(child));
    let text = "";
    let lastOutputAt = performance.now();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        lastOutputAt = performance.now();
      });
    }
    const url = `http://127.0.0.1:${env[port]}`;
    while (!(await isReady(text, url))) {
      if (child.exitCode !== null || performance.now() > lastOutputAt + SILENT_MS)
        throw new Error(`latchkey ${args.join(" ")} is not ready:\n${text}`);
      await sleep(POLL_MS);
    }
    return {
      url,
      output: () => text,
      async stop(signal = "SIGTERM") {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, "exit");
        child.kill(signal);
        await exited;
      },
    };
  }
}

const running = new Set<ChildProcess>();

/** Ends whatever a failed year has left running. */
export async function stopEverything(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    }),
  );
}

async function ports(): Promise<Env> {
  const names = ["PORT", "VERIFIER_PORT", "LATCHKEY_METRICS_PORT"];
  const entries: [string, string][] = [];
  for (const name of names) entries.push([name, String(await freePort())]);
  return Object.fromEntries(entries);
}

function isOk(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
