import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { errorLine } from "#cli/output.ts";
import { program } from "#cli/program.ts";
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
    const child = execFile(process.execPath, [CLI, ...wordsOf(args)], { env: own }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
    child.stdin?.end(input);
  });
}

const wordsOf = (args: string) => args.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];

/**
 * Like `run`, but in this process, for what a command does rather than how its process starts and ends: starting one
 * takes most of the time of a command. The arguments must be complete, and commands run one after the other.
 */
export async function runInProcess(args: string, env: Record<string, string> = {}, input = ""): Promise<Ran> {
  return runWordsInProcess(wordsOf(args), environment({ LATCHKEY_DATA_DIR: data.dir, ...env }), input);
}

/** `runInProcess` with the arguments in a list and the whole environment. */
export async function runWordsInProcess(
  args: string[],
  ownEnvironment: NodeJS.ProcessEnv,
  input = "",
): Promise<Ran> {
  const ran: Ran = { code: 0, out: "", err: "" };
  const collect = (name: "out" | "err") => (text: string | Uint8Array) => {
    ran[name] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(collect("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(collect("err")),
    vi
      .spyOn(process, "stdin", "get")
      .mockReturnValue(Object.assign(Readable.from([input]), { fd: 0 as const }) as typeof process.stdin),
  ];
  const { env: envBefore, exitCode: codeBefore } = process;
  process.env = ownEnvironment;
  try {
    await program().parseAsync(args, { from: "user" });
    ran.code = Number(process.exitCode ?? 0);
  } catch (error) {
    ran.err += `${errorLine(error)}\n`;
    ran.code = 1;
  } finally {
    process.env = envBefore;
    process.exitCode = codeBefore;
    for (const spy of spies) spy.mockRestore();
  }
  return ran;
}

/** One line on standard error, nothing on standard output, and a non-zero exit. */
export function expectError(ran: Ran, says: string | RegExp): void {
  expect(ran.code).not.toBe(0);
  expect(ran.out).toBe("");
  expect(ran.err).toMatch(says);
  expect(ran.err.trim().split("\n")).toHaveLength(1);
}
