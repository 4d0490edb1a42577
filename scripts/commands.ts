import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { isProcessAlive } from "#test/process-alive.ts";

/** The time that processes have to end after SIGTERM. */
const END_MS = 10_000;

const running = new Set<ChildProcess>();
let isEnding = false;

/**
 * Runs a command and prints its output: at once, or at its end if it is to be collected in a file meanwhile. Resolves
 * with whether it exited with 0.
 */
export async function runCommand(command: string, args: string[], outputPath?: string): Promise<boolean> {
  const title = `\n$ ${[command, ...args].join(" ")}`;
  console.log(outputPath ? `${title} (output at its end)` : title);
  const output = outputPath ? openSync(outputPath, "w") : "inherit";
  // A process group, with all that the command starts.
  const child = spawn(command, args, { detached: true, stdio: ["ignore", output, output] });
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
