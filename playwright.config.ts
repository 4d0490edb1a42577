import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import type { DeploymentOptions } from "./e2e/fixtures.ts";

// Debian's Chromium where there is one, else whatever Playwright brought along.
const installed = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

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
  projects: [
    // How a page looks does not depend on the database: on the second one it is enough to see that each is there.
    { name: "sqlite", use: { dialect: "sqlite" }, grepInvert: /every page is there/ },
    { name: "postgres", use: { dialect: "postgres" }, grepInvert: /that axe finds/ },
  ],
});
