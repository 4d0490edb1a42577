import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * `npm test`: finds or installs what the tests need, runs them on both databases, then the journeys in a
 * real browser. What can't run for lack of a part is a failure, never a silence.
 */
interface Tally {
  passed: number;
  failed: number;
}

const CHROMIUM_PATHS = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The real things that tests run against, with Debian's packages of them. Any of the programs will do. */
const SERVERS = [
  { programs: ["redis-server", "valkey-server"], package: "redis-server", version: "--version" },
  { programs: ["nginx"], package: "nginx", version: "-v" },
  { programs: ["caddy"], package: "caddy", version: "version" },
  { programs: ["haproxy"], package: "haproxy", version: "-v" },
  { programs: ["pgbouncer"], package: "pgbouncer", version: "--version" },
];

const scratch = mkdtempSync(join(tmpdir(), "latchkey-npm-test-"));
try {
  const tallies = [unitTests(), await journeys()];
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Everything beside its subject: pure tests once, the others on SQLite and on Postgres. */
function unitTests(): Tally {
  say("tests beside the code, on SQLite and on Postgres");
  const missing = findServers();
  if (missing.length > 0) {
    console.log(`Install these first: ${missing.join(", ")}. The tests run against the real ones.`);
    return { passed: 0, failed: missing.length };
  }
  const report = join(scratch, "vitest.json");
  const ended = run("node_modules/.bin/vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, numTotalTests } = readJson<{ numPassedTests: number; numTotalTests: number }>(
    report,
  ) ?? { numPassedTests: 0, numTotalTests: 0 };
  return settled(ended, { passed: numPassedTests, failed: numTotalTests - numPassedTests });
}

/** What people do, in a real Chromium, on both databases. */
async function journeys(): Promise<Tally> {
  if (!existsSync("playwright.config.ts")) return { passed: 0, failed: 0 };
  say("journeys in a browser, on SQLite and on Postgres");
  if (!(await findChromium())) {
    console.log("There is no Chromium and none could be installed. Set CHROMIUM_PATH to one.");
    return { passed: 0, failed: 1 };
  }
  const ended = run("node_modules/.bin/playwright", ["test"]);
  const stats = readJson<{ stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number> }>(
    "test-results/journeys.json",
  )?.stats;
  if (!stats) return { passed: 0, failed: 1 };
  return settled(ended, { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped });
}

/** A run that ended badly without naming a test (a setup that failed) counts as one failure. */
function settled(ended: boolean, tally: Tally): Tally {
  return ended || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

async function findChromium(): Promise<boolean> {
  if (CHROMIUM_PATHS.some((path) => path && existsSync(path))) return true;
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return true;
  say("no Chromium here: installing one");
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", ["update", "-q"]);
    if (run("apt-get", ["install", "-yq", "--no-install-recommends", "chromium"])) return true;
  }
  return run("node_modules/.bin/playwright", ["install", "chromium"]);
}

/** Installs what is missing; what can't be is returned. */
function findServers(): string[] {
  const isThere = ({ programs, version }: (typeof SERVERS)[number]) =>
    programs.some((program) => spawnSync(program, [version]).status === 0);
  const missing = SERVERS.filter((server) => !isThere(server));
  if (missing.length === 0) return [];
  const packages = missing.map((server) => server.package);
  say(`not here: ${packages.join(", ")}; installing`);
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", ["update", "-q"]);
    run("apt-get", ["install", "-yq", "--no-install-recommends", ...packages]);
  }
  return SERVERS.filter((server) => !isThere(server)).map((server) => server.package);
}

function run(command: string, args: string[]): boolean {
  console.log(`$ ${[command, ...args].join(" ")}`);
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

function say(what: string): void {
  console.log(`\n== ${what}`);
}

function readJson<T>(path: string): T | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
