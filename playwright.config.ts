import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { COMPILE_CACHE } from "#test/compile-cache.ts";
import type { DeploymentOptions } from "./e2e/fixtures.ts";
import { IS_LONG_RUN } from "./e2e/look.ts";

// Debian's Chromium where there is one, else whatever Playwright brought along.
const installed = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;

export default defineConfig<object, DeploymentOptions>({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // Each has deployments of its own.
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
    launchOptions: {
      ...(installed ? { executablePath: installed } : {}),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
      ],
    },
  },
  // Verbs and queries are tested on both databases beside the code. Here the main flows and every page run on both,
  // the rest on SQLite; `npm run test:all` runs all but the looks on both.
  projects: [
    { name: "sqlite", use: { dialect: "sqlite" }, grepInvert: /@postgres/ },
    {
      name: "postgres",
      use: { dialect: "postgres" },
      ...(IS_LONG_RUN ? { grepInvert: /@looks/ } : { grep: /@both|@postgres/ }),
    },
  ],
});
