import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endCommandsWhenInterrupted, runCommand } from "./commands.ts";
import { installCommand, LONG_REQUIREMENTS, missingRequirements, REQUIREMENTS } from "./requirements.ts";
import type { VitestResult } from "./result-reporter.ts";

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
  /** One line for each failure that is not a test's. They are among the failed. */
  outsideTests: string[];
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
  report([{ passed: 0, failed: missing.length, unstable: 0, outsideTests: [] }]);
} else {
  if (isLong) Object.assign(process.env, { TEST_SCOPE: "all", FAULT_SECONDS: "15" });
  if (process.argv.includes("--rest")) process.env.TEST_SCOPE = "rest";
  const scratch = mkdtempSync(join(tmpdir(), "latchkey-npm-test-"));
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
  endCommandsWhenInterrupted(removeScratch);
  try {
    // The end-to-end tests run beside the others: each of them often waits. The fault tests measure seconds, so they are
    // not mixed with either. Recording traces takes time: only the second run of those that failed does it.
    const first = await Promise.all([
      vitest(scratch, ["--project=!faults"]),
      journeys(join(scratch, "journeys.txt"), ["--trace=off"]),
    ]);
    if (process.env.TEST_SCOPE !== "rest") first.push(await vitest(scratch, ["--project=faults"]));
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

/** Prints the failures outside of tests and the last line, and sets the exit code. */
function report(counts: Counts[]): void {
  for (const line of counts.flatMap(({ outsideTests }) => outsideTests)) {
    console.log(`Failed outside of the tests: ${line}`);
  }
  const sum = (name: Exclude<keyof Counts, "outsideTests">) =>
    counts.reduce((total, each) => total + each[name], 0);
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

function afterSecondRun(first: Omit<Run, "again" | "failures">, second: Counts): Counts {
  const unstable = Math.max(0, first.failedThere - second.failed);
  return {
    passed: first.passed + unstable,
    failed: first.failed - first.failedThere + second.failed,
    unstable,
    outsideTests: [...first.outsideTests, ...second.outsideTests],
  };
}

/** Tests next to the code and in `test/`: those without a database once, the others on SQLite and on Postgres. */
async function vitest(scratch: string, args: string[]): Promise<Run> {
  const output = join(scratch, "vitest.json");
  rmSync(output, { force: true });
  const succeeded = await runCommand(
    "node_modules/.bin/vitest",
    ["run", ...args, "--reporter=default", "--reporter=./scripts/result-reporter.ts"],
    { env: { VITEST_RESULT: output } },
  );
  const result = readJson<VitestResult>(output);
  return {
    ...countsOf("Vitest", succeeded, result ?? { passed: 0, failed: 0, outsideTests: [] }),
    failures: result?.failedFiles ?? [],
    failedThere: result?.failedInFiles ?? 0,
    again: (files) => vitest(scratch, files),
  };
}

/** End-to-end tests in a real Chromium. Their output appears in one piece when they have ended. */
async function journeys(outputPath: string, args: string[] = []): Promise<Run> {
  rmSync(JOURNEYS_JSON, { force: true });
  const succeeded = await runCommand("node_modules/.bin/playwright", ["test", ...args], { outputPath });
  const { stats, errors = [] } = readJson<JourneysReport>(JOURNEYS_JSON) ?? {};
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {};
  return {
    ...countsOf("Playwright", succeeded, {
      passed: expected,
      failed: unexpected + flaky + skipped,
      outsideTests: errors.map(
        ({ message = "an error without a message" }) => message.split("\n")[0] ?? message,
      ),
    }),
    failures: readJson<{ failedTests: string[] }>(LAST_JOURNEYS)?.failedTests ?? [],
    failedThere: unexpected,
    again: () => journeys(outputPath, ["--last-failed"]),
  };
}

interface JourneysReport {
  stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number>;
  /** Outside of the tests, such as in the setup. */
  errors: { message?: string }[];
}

/** Each error outside of the tests counts as a failure, as does a program that exits with an error without any, or runs nothing. */
function countsOf(
  program: string,
  succeeded: boolean,
  { passed, failed, outsideTests }: Omit<Counts, "unstable">,
): Counts {
  const isUnexplained = (!succeeded || passed === 0) && failed + outsideTests.length === 0;
  const outside = isUnexplained ? [`${program} failed or ran nothing; see its output`] : outsideTests;
  return { passed, failed: failed + outside.length, unstable: 0, outsideTests: outside };
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
