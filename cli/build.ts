import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "#platform/lock.ts";
import { CliError, printLine } from "./output.ts";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** With `--import`, which takes a URL, and an IPC channel, it ends a process when its parent is gone. */
export const EXIT_WITH_SUPERVISOR = new URL("./exit-with-supervisor.ts", import.meta.url).href;
const SOURCES = [
  "{app,components,core,db,domain,engine,platform,server,verifier,public}/**/*.{ts,tsx,css,mjs,svg,png,ico,json,woff2}",
  "{proxy,instrumentation}.ts",
  "*.config.mjs",
  "package.json",
  "package-lock.json",
];
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const MAX_OUTPUT_CHARS = 4_000;

const distDir = () => join(ROOT, process.env.LATCHKEY_DIST_DIR || ".next");
const lockPath = () => join(ROOT, "node_modules/.cache/latchkey", `${basename(distDir())}.lock`);
const stampPath = () => join(distDir(), "latchkey-sources");

/**
 * Builds the portal if there is no build yet or a source file has changed since. An installation without the sources
 * of the pages, such as an image, uses its build. Rejects when `signal` aborts.
 */
export async function ensureBuild(signal?: AbortSignal): Promise<void> {
  const before = readStamp();
  if (before !== null && !existsSync(join(ROOT, "app"))) return;
  const current = hashSources();
  if (before === current) return;
  printLine("Building the portal. The first build takes a minute or more.");
  // Next can't build into one folder twice at the same time: the second start waits for the first build and uses it.
  const buildOnce = async () => {
    signal?.throwIfAborted();
    if (readStamp() !== before) return;
    await build(signal);
    writeFileSync(stampPath(), current);
    chmodSync(stampPath(), 0o644);
  };
  await withLock(lockPath(), buildOnce, signal).catch((error: NodeJS.ErrnoException) => {
    if (!["EACCES", "EROFS", "EPERM"].includes(error.code ?? "")) throw error;
    throw new CliError(
      `${ROOT} has no build of this version and is not writable; run there as its owner: npm run build`,
    );
  });
}

/** Hashes contents, not modification times: a checkout, a copy or an unpacked archive changes those. */
function hashSources(): string {
  const hash = createHash("sha256");
  const entries = globSync(SOURCES, { cwd: ROOT, withFileTypes: true });
  // A folder name can look like a file name: the folder `openapi.json` is a route.
  const files = entries.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name));
  for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
    hash
      .update(`${relative(ROOT, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  }
  return hash.digest("hex");
}

function readStamp(): string | null {
  try {
    return readFileSync(stampPath(), "utf8");
  } catch {
    return null;
  }
}

async function build(signal: AbortSignal | undefined): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  // The build contains no secrets, so other users of the machine may run it.
  const previousUmask = process.umask(0o022);
  const child = spawn(process.execPath, ["--import", EXIT_WITH_SUPERVISOR, next, "build"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  process.umask(previousUmask);
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-MAX_OUTPUT_CHARS);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const stop = () => child.kill();
  for (const name of STOP_SIGNALS) process.on(name, stop);
  signal?.addEventListener("abort", stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).finally(() => {
    for (const name of STOP_SIGNALS) process.off(name, stop);
    signal?.removeEventListener("abort", stop);
  });
  if (code === 0) return;
  signal?.throwIfAborted();
  process.stderr.write(output);
  throw new CliError("the portal could not be built; see the output above");
}
