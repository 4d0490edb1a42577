import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestPart } from "#test/scope.ts";
import { endCommandsWhenInterrupted, runCommand } from "./commands.ts";
import { installCommand, LONG_REQUIREMENTS, missingRequirements, REQUIREMENTS } from "./requirements.ts";

/**
 * `npm test`: the tests next to the code, on both databases, and the end-to-end tests in a real browser. It installs nothing:
 * each missing program counts as a failure, and is printed with the command that installs it.
 * Failed tests run once more, alone: a test that then passes depends on how busy the machine is. It counts as passed, and
 * is listed as unstable.
 * `--all` also runs the long matrices. `--rest` runs on the second database what the short form left out.
 * `--install` only prints the command that installs what is missing, for root; with `--all` for the long matrices.
 */
interface Counts {
  passed: number;
  failed: number;
  /** Those that failed and then passed alone. */
  unstable: number;
}

/** More failures than this have a cause other than the load. */
const MAX_RUN_AGAIN = 10;

const JOURNEYS_JSON = "test-results/journeys.json";
/** Playwright's own list, which `--last-failed` reads. */
const LAST_JOURNEYS = "test-results/.last-run.json";

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
  report([{ passed: 0, failed: missing.length, unstable: 0 }]);
} else {
  if (isLong) Object.assign(process.env, { TEST_SCOPE: "all", FAULT_SECONDS: "15" });
  if (process.argv.includes("--rest")) process.env.TEST_SCOPE = "rest";
  const scratch = mkdtempSync(join(tmpdir(), "latchkey-npm-test-"));
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
  endCommandsWhenInterrupted(removeScratch);
  try {
    const isRest = process.env.TEST_SCOPE === "rest";
    const run = (part?: TestPart) => vitest(scratch, ["--project=!faults"], part);
    // The end-to-end tests run beside the others: each of them often waits. The fault tests measure seconds, so they are
    // not mixed with either. Recording traces takes time: only the second run of those that failed does it.
    const endToEnd = journeys(join(scratch, "journeys.txt"), ["--trace=off"]);
    const first = await Promise.all([
      ...(isRest ? [run()] : [run("computing"), endToEnd.then(() => run("waiting"))]),
      endToEnd,
    ]);
    if (!isRest) first.push(await vitest(scratch, ["--project=faults"]));
    const counts: Counts[] = [];
    for (const each of first) {
      const { failures } = each;
      const runsAgain = failures.length > 0 && failures.length <= MAX_RUN_AGAIN;
      counts.push(runsAgain ? afterSecondRun(each, await each.again(failures)) : each);
    }
    report(counts);
  } finally {
    removeScratch();
  }
}

/** Prints the last line, and sets the exit code. */
function report(counts: Counts[]): void {
  const sum = (name: keyof Counts) => counts.reduce((total, each) => total + each[name], 0);
  const unstable = sum("unstable");
  console.log(
    `${sum("passed")} passed, ${sum("failed")} failed${unstable > 0 ? `, ${unstable} unstable (failed above, passed alone)` : ""}`,
  );
  process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;
}

interface Run extends Counts {
  /** Test files, or ids of end-to-end tests, that failed and can run again. */
  failures: string[];
  /** How many of the failed tests are among these. */
  failedThere: number;
  again(failures: string[]): Promise<Run>;
}

function afterSecondRun(first: Pick<Run, "passed" | "failed" | "failedThere">, second: Counts): Counts {
  const unstable = Math.max(0, first.failedThere - second.failed);
  return {
    passed: first.passed + unstable,
    failed: first.failed - first.failedThere + second.failed,
    unstable,
  };
}

/** Tests next to the code and in `test/`: those without a database once, the others on SQLite and on Postgres. */
async function vitest(scratch: string, args: string[], part?: TestPart): Promise<Run> {
  const output = join(scratch, `vitest-${part ?? "all"}.json`);
  rmSync(output, { force: true });
  const succeeded = await runCommand(
    "node_modules/.bin/vitest",
    ["run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${output}`],
    {
      env: part ? { TEST_PART: part } : {},
      outputPath: part === "waiting" ? join(scratch, "vitest-waiting.txt") : undefined,
    },
  );
  const { numPassedTests, numTotalTests, testResults } = readJson<VitestReport>(output) ?? {
    numPassedTests: 0,
    numTotalTests: 0,
    testResults: [],
  };
  const failedFiles = testResults.filter(({ status }) => status !== "passed");
  const failedTests = failedFiles.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === "failed"),
  );
  return {
    ...orOneFailure(succeeded, numPassedTests, numTotalTests - numPassedTests),
    failures: [...new Set(failedFiles.map(({ name }) => name))],
    // A file that could not be loaded has no tests.
    failedThere: Math.max(failedTests.length, Math.min(failedFiles.length, 1)),
    again: (files) => vitest(scratch, files),
  };
}

interface VitestReport {
  numPassedTests: number;
  numTotalTests: number;
  /** Of each file. */
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

/** End-to-end tests in a real Chromium. Their output appears in one piece when they have ended. */
async function journeys(outputPath: string, args: string[] = []): Promise<Run> {
  rmSync(JOURNEYS_JSON, { force: true });
  const succeeded = await runCommand("node_modules/.bin/playwright", ["test", ...args], { outputPath });
  const stats = readJson<{ stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number> }>(
    JOURNEYS_JSON,
  )?.stats;
  const { expected = 0, unexpected = 1, flaky = 0, skipped = 0 } = stats ?? {};
  return {
    ...orOneFailure(succeeded, expected, unexpected + flaky + skipped),
    failures: readJson<{ failedTests: string[] }>(LAST_JOURNEYS)?.failedTests ?? [],
    failedThere: unexpected,
    again: () => journeys(outputPath, ["--last-failed"]),
  };
}

/** A run that failed without a failed test (in its setup) counts as one failure. */
function orOneFailure(succeeded: boolean, passed: number, failed: number): Counts {
  return { passed, failed: succeeded || failed > 0 ? failed : 1, unstable: 0 };
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
