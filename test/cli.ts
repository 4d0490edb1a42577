import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { withCompileCache } from "./compile-cache.ts";

/** The main module of the command. */
export const CLI = new URL("../cli/main.ts", import.meta.url).pathname;

/** The data directory of the current test. */
export const data = { dir: "" };

/** Creates a new data directory for each test. */
export function setUpDataDir(): void {
  beforeEach(() => {
    data.dir = mkdtempSync(join(tmpdir(), "latchkey-cli-"));
  });
  afterEach(() => rmSync(data.dir, { recursive: true }));
}

/** Without the environment of the test run. */
export function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const own = { NODE_ENV: "test", PATH: process.env.PATH, AUTH_SECRET: "s".repeat(32) } as const;
  return { ...own, ...withCompileCache(), ...env };
}

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a command, with `input` as its standard input. */
export async function run(args: string, env: Record<string, string> = {}, input = ""): Promise<Ran> {
  const own = environment({ LATCHKEY_DATA_DIR: data.dir, ...env });
  return new Promise((resolve) => {
    const words = args.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
    const child = execFile(process.execPath, [CLI, ...words], { env: own }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
    child.stdin?.end(input);
  });
}

/** One line on standard error, nothing on standard output, and a non-zero exit. */
export function expectError(ran: Ran, says: string | RegExp): void {
  expect(ran.code).not.toBe(0);
  expect(ran.out).toBe("");
  expect(ran.err).toMatch(says);
  expect(ran.err.trim().split("\n")).toHaveLength(1);
}
