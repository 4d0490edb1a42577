import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/** A program that tests run against, with the Debian package that has it. */
export interface Requirement {
  package: string;
  isInstalled(): boolean;
}

const CHROMIUM_PATHS = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  chromium.executablePath(),
];

const runs = (program: string, argument: string) => spawnSync(program, [argument]).status === 0;

export const REQUIREMENTS: Requirement[] = [
  { package: "chromium", isInstalled: () => CHROMIUM_PATHS.some((path) => path && existsSync(path)) },
  {
    package: "redis-server",
    isInstalled: () => runs("redis-server", "--version") || runs("valkey-server", "--version"),
  },
  { package: "nginx", isInstalled: () => runs("nginx", "-v") },
  { package: "caddy", isInstalled: () => runs("caddy", "version") },
  { package: "haproxy", isInstalled: () => runs("haproxy", "-v") },
  { package: "pgbouncer", isInstalled: () => runs("pgbouncer", "--version") },
];

/** The packages of what is not installed here. */
export function missingPackages(requirements = REQUIREMENTS): string[] {
  return requirements.filter((each) => !each.isInstalled()).map((each) => each.package);
}

/** The one command that installs these packages on Debian or Ubuntu. */
export function installCommand(packages: string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`;
}
