import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { COMPILE_CACHE } from "#test/compile-cache.ts";

process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;

// By its path: the package does not let its empty module be imported by name.
const SERVER_ONLY = fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url));

const EVERYWHERE =
  "{app,bench,cli,components,core,db,demo,domain,engine,platform,scripts,server,test,verifier}/**/*.test.{ts,tsx}";

// A test that takes a database (or people in one) from test/ runs on both; any other runs once.
const usesDatabase = (path: string) =>
  /"#test\/(?!vectors|arbitraries|canonical|reference-evaluator|receiver|ports|half-dead)/.test(
    readFileSync(path, "utf8"),
  );
// A test that starts a real Redis or Postgres without a database of Latchkey's.
const usesServer = (path: string) =>
  !usesDatabase(path) && /\/test\/(redis|postgres)\.ts"/.test(readFileSync(path, "utf8"));
const FAULTS = "test/faults/**/*.test.ts";
const files = globSync(EVERYWHERE, { exclude: [FAULTS] });

function project(name: string, include: string[], more: TestProjectInlineConfiguration["test"] = {}) {
  return {
    // Outside Next, a module for the server only is a module like any other.
    resolve: { alias: { "server-only": SERVER_ONLY } },
    test: { name, include, testTimeout: 60_000, hookTimeout: 60_000, ...more },
  };
}

function onDatabase(dialect: "sqlite" | "postgres") {
  return project(dialect, files.filter(usesDatabase), {
    env: { TEST_DIALECT: dialect },
    globalSetup: [`test/global-setup.${dialect}.ts`],
    setupFiles: ["test/setup.ts"],
  });
}

export default defineConfig({
  test: {
    projects: [
      project(
        "pure",
        files.filter((path) => !usesDatabase(path) && !usesServer(path)),
      ),
      project("servers", files.filter(usesServer)),
      onDatabase("sqlite"),
      onDatabase("postgres"),
      // After the others and one file at a time: seconds count there, and nobody else's load may.
      project("faults", [FAULTS], {
        globalSetup: ["test/global-setup.sqlite.ts", "test/global-setup.postgres.ts"],
        maxWorkers: 1,
        sequence: { groupOrder: 1 },
      }),
    ],
    allowOnly: false,
    maxWorkers: 2,
    // Each file has a process of its own, which loads Drizzle anew.
    execArgv: ["--import", new URL("db/quick-import.ts", import.meta.url).href],
  },
});
