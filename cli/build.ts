import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "#platform/lock.ts";
import { CliError, say } from "./output.ts";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = [
  "{app,components,core,db,domain,server,verifier,public}/**/*.{ts,tsx,css,mjs,svg,png,ico,json,woff2}",
  "{proxy,instrumentation}.ts",
  "*.config.mjs",
  "package.json",
  "package-lock.json",
];
const KEPT_OUTPUT_CHARS = 4_000;

const distDir = () => join(ROOT, process.env.LATCHKEY_DIST_DIR || ".next");
const lockPath = () => join(ROOT, "node_modules/.cache/latchkey", `${basename(distDir())}.lock`);
const stampPath = () => join(distDir(), "latchkey-sources");

/** Builds the pages when there is no build yet, or when a source has changed since. */
export async function ensureBuild(): Promise<void> {
  const before = readStamp();
  const wanted = hashOfSources();
  if (before === wanted) return;
  say("Building the pages; this takes a while the first time.");
  // Next refuses to build twice at once into one folder: the second start waits, and takes what was built.
  await withLock(lockPath(), async () => {
    if (readStamp() !== before) return;
    await build();
    writeFileSync(stampPath(), wanted);
    chmodSync(stampPath(), 0o644);
  });
}

/** Contents, not times: a checkout, a copy or an unpacked archive sets times as it likes. */
function hashOfSources(): string {
  const hash = createHash("sha256");
  const entries = globSync(SOURCES, { cwd: ROOT, withFileTypes: true });
  // A folder may be called like a file: `openapi.json` is a route.
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

async function build(): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  // The pages hold no secret: another user may start what this one has built.
  const own = process.umask(0o022);
  const child = spawn(process.execPath, [next, "build"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  process.umask(own);
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-KEPT_OUTPUT_CHARS);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code === 0) return;
  process.stderr.write(output);
  throw new CliError("the pages could not be built; what the build said is above");
}
