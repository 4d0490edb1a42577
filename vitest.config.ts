import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { COMPILE_CACHE } from "#test/compile-cache.ts";
import { keepTemporaryFilesInMemory } from "#test/memory-folder.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { SlowestFirst } from "#test/slowest-first.ts";

process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;
keepTemporaryFilesInMemory();

// By its path, because the package does not export its empty module.
const SERVER_ONLY = fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url));

const EVERYWHERE =
  "{app,bench,cli,components,core,db,demo,domain,engine,platform,scripts,server,test,verifier}/**/*.test.{ts,tsx}";

// A test that takes a database (or people in one) from test/ runs on both. Any other runs once.
const usesDatabase = (path: string) =>
  /"#test\/(?!vectors|limiter-contract|arbitraries|cli\.ts|canonical|reference-evaluator|receiver|ports|process-alive|child-processes|prometheus|stalled-connections|passed-checks|petstore|compile-cache|plan-terms|redis|smtp|interruptible-proxy|scope|compose-nginx|verifier-paths|processor-time)/.test(
    readFileSync(path, "utf8"),
  );
// These test HTTP, commands, processes, files, gateways, limits, telemetry, and what an actor's session or token allows,
// around queries that other tests run on both databases. A short run takes SQLite only.
const DATABASE_INDEPENDENT = [
  "cli/{backup/backup-files,commands/{apply,doctor-files,keys},main,npm-signals,start,workers}.test.ts",
  "demo/demo.test.ts",
  "server/{api/{route-tokens,secrets},audit-export/start,auth-secret-rotation,document-upload,restrictions}.test.ts",
  "engine/limits/{plan-processes,process}.test.ts",
  "platform/tracing/tracing.test.ts",
  "test/hostile/*.test.ts",
  "test/verbs/sessions-and-tokens.test.ts",
  "test/verifier/{local-deadline,local-usage,local-verification,memory,rolling,scopes}.test.ts",
  "verifier/gate/*.test.ts",
  "verifier/http/{curl-pages,overload,servers,slow-clients,fast-path/{differential,fast-path}}.test.ts",
  "verifier/metrics/metrics.test.ts",
  "verifier/oauth/oauth.test.ts",
];
/** These run `npm run dev` and `npm start`, which build the portal. */
const RUNS_LATCHKEY = ["cli/dev.test.ts", "cli/read-only-install.test.ts"];
// A test that starts Latchkey, or a real Redis or Postgres without a database of Latchkey's.
const usesServer = (path: string) =>
  RUNS_LATCHKEY.includes(path) ||
  (!usesDatabase(path) && /[/#]test\/(redis|redis-cluster|postgres)\.ts"/.test(readFileSync(path, "utf8")));
const FAULTS = "test/faults/**/*.test.ts";
// Their clock is simulated, so they run beside other tests.
const WITHOUT_REAL_TIME = ["test/faults/{history-checker,new-limits,random}.test.ts"];
// The short suite has a separate test for each of their faults.
const LONG_FAULTS = ["test/faults/redis-cluster.test.ts"];
const YEAR = "test/year/*.test.ts";
const CLICKHOUSE = "test/clickhouse/*.test.ts";
const files = [
  ...globSync(EVERYWHERE, { exclude: [FAULTS, YEAR, CLICKHOUSE] }),
  ...globSync(WITHOUT_REAL_TIME),
];
const onBoth = files.filter(usesDatabase);
const onSqliteFirst = new Set(globSync(DATABASE_INDEPENDENT));
const onPostgres = {
  short: onBoth.filter((path) => !onSqliteFirst.has(path)),
  rest: onBoth.filter((path) => onSqliteFirst.has(path)),
  all: onBoth,
};

/**
 * Files of most projects share processes and modules, which takes half as much processor time. These need a process
 * each: they measure memory or the event loop, or replace modules.
 */
const usesMocks = (path: string) => /\bvi\.(mock|resetModules)\(/.test(readFileSync(path, "utf8"));

const needsOwnProcess = (path: string) =>
  usesMocks(path) || /\b(setFlagsFromString|monitorEventLoopDelay)\(/.test(readFileSync(path, "utf8"));

for (const path of onBoth.filter(usesMocks))
  throw new Error(`${path}: tests with a database share modules: use vi.spyOn instead of vi.mock`);

/** A wait ends when its condition holds: a longer limit only matters on a busy machine. */
const POLL = { poll: { timeout: 15_000, interval: 20 } };

function project(name: string, include: string[], more: TestProjectInlineConfiguration["test"] = {}) {
  return {
    // Outside Next, `server-only` would throw.
    resolve: { alias: { "server-only": SERVER_ONLY } },
    test: { name, include, testTimeout: 60_000, hookTimeout: 60_000, expect: POLL, ...more },
  };
}

const SHARED_PROCESS = "test/setup-shared-process.ts";

function onDatabase(dialect: "sqlite" | "postgres", include: string[]) {
  return project(dialect, include, {
    env: { TEST_DIALECT: dialect },
    globalSetup: [`test/global-setup.${dialect}.ts`],
    isolate: false,
    setupFiles: [SHARED_PROCESS, "test/setup.ts"],
  });
}

const BOTH_DATABASES = ["test/global-setup.sqlite.ts", "test/global-setup.postgres.ts"];

const inMemory = files.filter((path) => !usesDatabase(path) && !usesServer(path));

export default defineConfig({
  test: {
    projects:
      TEST_SCOPE === "rest"
        ? [onDatabase("postgres", onPostgres.rest)]
        : [
            project(
              "pure",
              inMemory.filter((path) => !needsOwnProcess(path)),
              { isolate: false, setupFiles: [SHARED_PROCESS] },
            ),
            project("pure-isolated", inMemory.filter(needsOwnProcess)),
            project("servers", files.filter(usesServer)),
            onDatabase("sqlite", onBoth),
            onDatabase("postgres", onPostgres[TEST_SCOPE]),
            ...(TEST_SCOPE === "all"
              ? [
                  project("year", [YEAR]),
                  project("clickhouse", [CLICKHOUSE], { globalSetup: BOTH_DATABASES }),
                ]
              : []),
            // After the others, because these tests measure seconds. While some wait for their faults, another one works.
            project("faults", [FAULTS], {
              exclude: [...WITHOUT_REAL_TIME, ...(TEST_SCOPE === "all" ? [] : LONG_FAULTS)],
              globalSetup: BOTH_DATABASES,
              maxWorkers: TEST_SCOPE === "all" ? 2 : 3,
              sequence: { groupOrder: 1 },
            }),
          ],
    allowOnly: false,
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    // Loads Drizzle faster in each worker.
    execArgv: ["--import", new URL("db/quick-import.ts", import.meta.url).href],
  },
});
