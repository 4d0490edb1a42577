import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { startSdkDeployment } from "#test/sdk-deployment.ts";

/**
 * `npm run test:sdk`: builds each SDK and runs its tests against a portal and a verifier started here. Names of SDKs
 * as arguments select some of them. A language that isn't installed is a failure.
 */
interface Sdk {
  folder: string;
  /** Programs that must be on the PATH. */
  needs: string[];
  steps: string[][];
}

/** Where `sdk/python/scripts/set_up.py` installs programs, relative to `sdk/python`. */
const PYTHON_BIN = "../../node_modules/.cache/latchkey-python/bin";

const SDKS: Record<string, Sdk> = {
  typescript: {
    folder: "sdk/typescript",
    needs: ["npm"],
    steps: [
      ["node", "-C", "react-server", "scripts/generate.ts", "--check"],
      ["node", "scripts/set-up-runtimes.ts"],
      ["npm", "run", "--silent", "build"],
      ["npx", "vitest", "run"],
    ],
  },
  python: {
    folder: "sdk/python",
    needs: ["python3"],
    steps: [
      ["python3", "scripts/set_up.py"],
      [`${PYTHON_BIN}/python`, "scripts/generate.py", "--check"],
      [`${PYTHON_BIN}/ruff`, "format", "--check", "--quiet", "."],
      [`${PYTHON_BIN}/ruff`, "check", "--quiet", "."],
      [`${PYTHON_BIN}/mypy`],
      [`${PYTHON_BIN}/python`, "-m", "pytest"],
    ],
  },
  go: {
    folder: "sdk/go",
    needs: ["go", "gofmt"],
    steps: [
      ["sh", "-c", 'files=$(gofmt -l .) && test -z "$files" || { echo "not formatted: $files"; exit 1; }'],
      ["node", "-C", "react-server", "scripts/generate.ts", "--check"],
      ["go", "vet", "./..."],
      ["go", "test", "-count=1", "./..."],
      // A separate module, because the SDK needs only the standard library.
      ["sh", "-c", "cd interop && go vet ./... && go test -count=1 ./..."],
    ],
  },
};

const selected = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = selected.filter((name) => !(name in SDKS));
if (unknown.length > 0) {
  console.error(`Unknown SDK: ${unknown.join(", ")}. There are: ${Object.keys(SDKS).join(", ")}.`);
  process.exit(1);
}
const { deployment, stop } = await startSdkDeployment();
const failed: string[] = [];
try {
  // At once: much of their time is waiting for servers and timeouts.
  await Promise.all(
    Object.entries(SDKS)
      .filter(([name]) => selected.length === 0 || selected.includes(name))
      .map(async ([name, sdk]) => {
        if (!(await passes(name, sdk))) failed.push(name);
      }),
  );
} finally {
  await stop();
}
console.log(failed.length === 0 ? "All SDKs passed." : `FAILED: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function passes(name: string, { folder, needs, steps }: Sdk): Promise<boolean> {
  const missing = needs.filter((program) => spawnSync("which", [program]).status !== 0);
  if (missing.length > 0) {
    console.error(`${folder} needs programs that are not installed here: ${missing.join(", ")}.`);
    return false;
  }
  for (const step of steps) {
    if (!(await succeeds(name, folder, step))) return false;
  }
  return true;
}

/** Whether a command exits with 0. Its lines of output begin with the name of the SDK. */
async function succeeds(name: string, folder: string, [program = "", ...args]: string[]): Promise<boolean> {
  console.log(`[${name}] $ (cd ${folder} && ${[program, ...args].join(" ")})`);
  const startedAt = performance.now();
  const env = { ...process.env, LATCHKEY_SDK_DEPLOYMENT: JSON.stringify(deployment) };
  const command = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const print = async (output: Readable) => {
    for await (const line of createInterface(output)) console.log(`[${name}] ${line}`);
  };
  const [[code]] = await Promise.all([once(command, "exit"), print(command.stdout), print(command.stderr)]);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`[${name}] ${code === 0 ? "passed" : "FAILED"} after ${seconds} s`);
  return code === 0;
}
