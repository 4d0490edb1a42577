import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#test/ports.ts";
import { sqliteDemoFile } from "./demo-databases.ts";

/** Latchkey as a new user runs it: one command, portal and verifier, a separate database. */
export interface Deployment {
  portalUrl: string;
  verifierUrl: string;
  /** The one-time link that the terminal shows while there is no administrator; null with demo data. */
  firstAdminLink: string | null;
  databaseUrl: string;
  /** Everything that portal and verifier printed so far. */
  output(): string;
  /** Runs a `latchkey` command against this deployment; resolves with what it printed. */
  cli(args: string[], input?: string): Promise<string>;
  stop(): Promise<void>;
}

interface StartOptions {
  /** Start with the demo's data. */
  demo: boolean;
  /** From `databaseOf`; undefined for SQLite in the deployment's own data directory. */
  databaseUrl?: string | undefined;
  /** The portal's port; by default any free one. */
  port?: number;
  /** Settings besides those of every journey. */
  env?: Record<string, string>;
}

/** The first start of a run builds the pages. */
const START_TIMEOUT_MS = 300_000;

export async function startDeployment({
  demo,
  databaseUrl,
  port: wantedPort,
  env: more = {},
}: StartOptions): Promise<Deployment> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-e2e-"));
  const [port, verifierPort] = [wantedPort ?? (await freePort()), await freePort()];
  const env = {
    ...process.env,
    LATCHKEY_DATA_DIR: dataDir,
    PORT: String(port),
    VERIFIER_PORT: String(verifierPort),
    LATCHKEY_HOST: "127.0.0.1",
    // Browsers offer passkeys for a host name only.
    LATCHKEY_URL: `http://localhost:${port}`,
    AUTH_SECRET: "only-for-journeys-only-for-journeys-0123456789",
    DATABASE_URL: databaseUrl ?? `file:${dataDir}/latchkey.db`,
    SMTP_URL: "",
    // The APIs of journeys are on this machine.
    LATCHKEY_APIS_TO_PRIVATE: "allow",
    ...more,
  };
  // On Postgres, the database is already a copy of the demo's.
  if (demo && !databaseUrl) await copyFile(sqliteDemoFile(), join(dataDir, "latchkey.db"));
  const child = spawn(process.execPath, ["cli/main.ts", "start"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const output = gather(child);
  const portalUrl = env.LATCHKEY_URL;
  const verifierUrl = `http://127.0.0.1:${verifierPort}`;
  await ready(child, output, [`${portalUrl}/sign-in`, `${verifierUrl}/readyz`]);
  const link = /https?:\/\/\S+\/setup\?token=\S+/.exec(output.text);
  return {
    portalUrl,
    verifierUrl,
    firstAdminLink: link?.[0] ?? null,
    databaseUrl: env.DATABASE_URL,
    output: () => output.text,
    cli: (args, input) => run(["cli/main.ts", ...args], env, input),
    async stop() {
      const exited = child.exitCode === null ? once(child, "exit") : Promise.resolve();
      child.kill("SIGTERM");
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function gather(child: ChildProcess): { text: string } {
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output.text += chunk;
    });
  }
  return output;
}

async function ready(child: ChildProcess, output: { text: string }, urls: string[]): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (const url of urls) {
    while (!(await answers(url))) {
      if (child.exitCode !== null) throw new Error(`latchkey ended at its start:\n${output.text}`);
      if (Date.now() > deadline) throw new Error(`nothing answers at ${url}:\n${output.text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

async function run(args: string[], env: NodeJS.ProcessEnv, input = ""): Promise<string> {
  const child = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  const output = gather(child);
  child.stdin.end(input);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`latchkey ${args.slice(1).join(" ")} ended with ${code}:\n${output.text}`);
  return output.text.trim();
}
