import { expect, test } from "vitest";
import { resultOf } from "./result-reporter.ts";

const file = (moduleId: string, state: string, ...tests: string[]) => ({
  moduleId,
  state: () => state,
  children: { allTests: () => tests.map((each) => ({ result: () => ({ state: each }) })) },
});

test("an error outside of the tests is named, with the file that ran, when no test failed", () => {
  const error = { name: "TypeError", message: "no such key\nin line 2", VITEST_TEST_PATH: "core/a.test.ts" };
  expect(resultOf([file("core/a.test.ts", "passed", "passed")], [error, { message: "lost" }])).toEqual({
    passed: 1,
    failed: 0,
    failedInFiles: 0,
    failedFiles: [],
    outsideTests: ["TypeError: no such key (while core/a.test.ts ran)", "Error: lost"],
  });
});

test("a skipped test, a test that did not run and a file that can't be loaded count as failed", () => {
  const files = [
    file("skipped.test.ts", "passed", "passed", "skipped"),
    file("unloaded.test.ts", "failed"),
    file("hook.test.ts", "failed", "failed", "skipped"),
    file("crashed.test.ts", "pending", "passed", "pending"),
  ];
  expect(resultOf(files, [])).toMatchObject({ passed: 2, failed: 5, failedInFiles: 4 });
});

test("a file that fails on both databases runs again once", () => {
  const failed = file("both.test.ts", "failed", "failed");
  expect(resultOf([failed, failed], [])).toMatchObject({ failed: 2, failedFiles: ["both.test.ts"] });
});
