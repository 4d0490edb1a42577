import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { isProcessAlive } from "#test/process-alive.ts";

/** The time that processes have to end after SIGTERM. */
const END_MS = 10_000;

const running = new Set<ChildProcess>();
let isEnding = false;

interface CommandOptions {
  /** A file that collects the output, which is then printed at the end of the command instead of at once. */
  outputPath?: string | undefined;
  /** Variables besides those of this process. */
  env?: Record<string, string>;
}

/** Runs a command and prints its output. Resolves with whether it exited with 0. */
export async function runCommand(
  command: string,
  args: string[],
  { outputPath, env = {} }: CommandOptions = {},
): Promise<boolean> {
  const title = `\n$ ${[command, ...args].join(" ")}`;
  console.log(outputPath ? `${title} (output at its end)` : title);
  const output = outputPath ? openSync(outputPath, "w") : "inherit";
  // A process group, with all that the command starts.
  const child = spawn(command, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
  });
  running.add(child);
  const succeeded = await new Promise<boolean>((resolve) => {
    const end = (result: boolean) => {
      running.delete(child);
      if (!isEnding) resolve(result);
    };
    child.on("error", () => end(false));
    child.on("close", (code) => end(code === 0));
  });
  if (outputPath) console.log(`${title}\n${readFileSync(outputPath, "utf8")}`);
  return succeeded;
}

/** Ends the commands, and all that they have started, if this process is interrupted. `cleanUp` runs afterwards. */
export function endCommandsWhenInterrupted(cleanUp = () => {}): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, async () => {
      if (isEnding) return;
      isEnding = true;
      await endCommands();
      cleanUp();
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  }
}

async function endCommands(): Promise<void> {
  const groups = [...running].flatMap(({ pid }) => (pid === undefined ? [] : [-pid]));
  const signalAll = (signal: NodeJS.Signals) => {
    for (const group of groups.filter(isProcessAlive)) process.kill(group, signal);
  };
  signalAll("SIGTERM");
  const deadline = performance.now() + END_MS;
  while (groups.some(isProcessAlive) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  signalAll("SIGKILL");
}
