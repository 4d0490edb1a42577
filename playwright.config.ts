import { defineConfig } from "@playwright/test";
import { BROWSER_ARGS, browserPath } from "#test/browser.ts";
import { COMPILE_CACHE } from "#test/compile-cache.ts";
import { keepTemporaryFilesInMemory } from "#test/memory-folder.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import type { DeploymentOptions } from "./e2e/fixtures.ts";

process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;
keepTemporaryFilesInMemory();

const sqlite = { name: "sqlite", use: { dialect: "sqlite" as const }, grepInvert: /@postgres/ };
const postgres = { name: "postgres", use: { dialect: "postgres" as const } };
const PROJECTS = {
  short: [sqlite, { ...postgres, grep: /@both\b(?!-)|@postgres/ }],
  rest: [{ ...postgres, grep: /@both-long/ }],
  all: [sqlite, postgres],
};

/**
 * Most functions of a page run a few times before the page is left: optimizing them takes longer than it saves. With a
 * larger nursery, few pages live long enough for a garbage collection.
 */
const SHORT_LIVED_PAGES = "--js-flags=--no-maglev --no-turbofan --min-semi-space-size=16";

export default defineConfig<object, DeploymentOptions>({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // Each worker has its own deployments.
  workers: 2,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    // Without a graphics card, each frame of an animation takes processor time. What is about to be pressed stays in place.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: browserPath(), args: [...BROWSER_ARGS, SHORT_LIVED_PAGES] },
  },
  // Verbs and queries are tested on both databases beside the code. A short run repeats only the main journeys on
  // Postgres.
  projects: PROJECTS[TEST_SCOPE],
});
