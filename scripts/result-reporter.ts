import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError } from "vitest/node";

/** What `npm test` needs to know of a Vitest run. */
export interface VitestResult {
  passed: number;
  /** Tests that failed, were skipped or did not run. A file that could not be loaded counts as one. */
  failed: number;
  /** How many of them are in `failedFiles`. The others were skipped. */
  failedInFiles: number;
  failedFiles: string[];
  /** One line for each error outside of every test, such as a promise that is rejected after its test. */
  outsideTests: string[];
}

/** What it reads of Vitest's `TestModule`. */
interface FinishedFile {
  moduleId: string;
  state(): string;
  children: { allTests(): Iterable<{ result(): { state: string } }> };
}

/** Writes a `VitestResult` to the file that `VITEST_RESULT` names. */
export default class ResultReporter implements Reporter {
  onTestRunEnd(files: readonly FinishedFile[], errors: readonly SerializedError[]): void {
    const path = process.env.VITEST_RESULT;
    if (!path) throw new Error("VITEST_RESULT is not set");
    writeFileSync(path, JSON.stringify(resultOf(files, errors)));
  }
}

export function resultOf(files: readonly FinishedFile[], errors: readonly SerializedError[]): VitestResult {
  const result: VitestResult = {
    passed: 0,
    failed: 0,
    failedInFiles: 0,
    failedFiles: [],
    outsideTests: errors.map(describe),
  };
  for (const file of files) {
    const tests = [...file.children.allTests()];
    const passed = tests.filter((each) => each.result().state === "passed").length;
    const isFailed = !["passed", "skipped"].includes(file.state());
    const failed = Math.max(tests.length - passed, isFailed ? 1 : 0);
    result.passed += passed;
    result.failed += failed;
    if (!isFailed) continue;
    result.failedInFiles += failed;
    // A file that runs on both databases may fail twice.
    if (!result.failedFiles.includes(file.moduleId)) result.failedFiles.push(file.moduleId);
  }
  return result;
}

/** Vitest adds the file that ran when the error was thrown. */
function describe({ name, message, VITEST_TEST_PATH: path }: SerializedError): string {
  const [firstLine = ""] = `${name ?? "Error"}: ${message}`.split("\n");
  return path === undefined ? firstLine : `${firstLine} (while ${path} ran)`;
}
