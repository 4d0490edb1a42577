import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installCommand, LONG_REQUIREMENTS, missingRequirements, REQUIREMENTS } from "./requirements.ts";

/**
 * `npm test`: the tests next to the code, on both databases, and the end-to-end tests in a real browser. It installs nothing:
 * each missing program counts as a failure, and is printed with the command that installs it.
 * `--all` also runs the long matrices. `--rest` runs on the second database what the short form left out.
 * `--install` only prints the command that installs what is missing, for root; with `--all` for the long matrices.
 */
interface Counts {
  passed: number;
  failed: number;
}

const JOURNEYS_JSON = "test-results/journeys.json";

const isLong = process.argv.includes("--all");
const missing = missingRequirements(isLong ? [...REQUIREMENTS, ...LONG_REQUIREMENTS] : REQUIREMENTS);
if (process.argv.includes("--install")) {
  console.log(installCommand(missing, { asRoot: true }));
} else if (missing.length > 0) {
  console.log(
    `Tests need programs that are not installed here: ${missing.map((each) => each.package).join(", ")}.`,
  );
  console.log(`On Debian or Ubuntu, install them with:\n\n  ${installCommand(missing)}\n`);
  console.log("Elsewhere, use your package manager; for a browser: npx playwright install chromium");
  report([{ passed: 0, failed: missing.length }]);
} else {
  if (isLong) Object.assign(process.env, { TEST_SCOPE: "all", FAULT_SECONDS: "15" });
  if (process.argv.includes("--rest")) process.env.TEST_SCOPE = "rest";
  const scratch = mkdtempSync(join(tmpdir(), "latchkey-npm-test-"));
  try {
    // The end-to-end tests run beside the others: each of them often waits. The fault tests measure seconds, so they are
    // not mixed with either.
    const counts = await Promise.all([
      vitest(scratch, ["--project=!faults"]),
      journeys(join(scratch, "journeys.txt")),
    ]);
    if (process.env.TEST_SCOPE !== "rest") counts.push(await vitest(scratch, ["--project=faults"]));
    report(counts);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Prints the last line, and sets the exit code. */
function report(counts: Counts[]): void {
  const passed = counts.reduce((sum, each) => sum + each.passed, 0);
  const failed = counts.reduce((sum, each) => sum + each.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Tests next to the code and in `test/`: those without a database once, the others on SQLite and on Postgres. */
async function vitest(scratch: string, projects: string[]): Promise<Counts> {
  const output = join(scratch, "vitest.json");
  rmSync(output, { force: true });
  const succeeded = await run("node_modules/.bin/vitest", [
    "run",
    ...projects,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${output}`,
  ]);
  const { numPassedTests, numTotalTests } = readJson<{ numPassedTests: number; numTotalTests: number }>(
    output,
  ) ?? { numPassedTests: 0, numTotalTests: 0 };
  return orOneFailure(succeeded, { passed: numPassedTests, failed: numTotalTests - numPassedTests });
}

/** End-to-end tests in a real Chromium. Their output appears in one piece when they have ended. */
async function journeys(outputPath: string): Promise<Counts> {
  rmSync(JOURNEYS_JSON, { force: true });
  const succeeded = await run("node_modules/.bin/playwright", ["test"], outputPath);
  const stats = readJson<{ stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number> }>(
    JOURNEYS_JSON,
  )?.stats;
  if (!stats) return { passed: 0, failed: 1 };
  return orOneFailure(succeeded, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped,
  });
}

/** A run that failed without a failed test (in its setup) counts as one failure. */
function orOneFailure(succeeded: boolean, counts: Counts): Counts {
  return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** Runs a command and prints its output: at once, or at its end if it is to be collected in a file meanwhile. */
async function run(command: string, args: string[], outputPath?: string): Promise<boolean> {
  const title = `\n$ ${[command, ...args].join(" ")}`;
  console.log(outputPath ? `${title} (output at its end)` : title);
  const output = outputPath ? openSync(outputPath, "w") : "inherit";
  const child = spawn(command, args, { stdio: ["inherit", output, output] });
  const succeeded = await new Promise<boolean>((resolve) => {
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
  if (outputPath) console.log(`${title}\n${readFileSync(outputPath, "utf8")}`);
  return succeeded;
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
