import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { childrenOf } from "#test/child-processes.ts";
import { isProcessAlive } from "#test/process-alive.ts";

const COMMANDS = new URL("./commands.ts", import.meta.url).href;

let runner: ChildProcess;
afterEach(() => {
  runner.kill("SIGKILL");
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends the commands and all that they have started, and nothing runs after them",
  async (signal) => {
    const command = "sleep 600 & sleep 600 & wait";
    const script = `
      import { endCommandsWhenInterrupted, runCommand } from ${JSON.stringify(COMMANDS)};
      endCommandsWhenInterrupted(() => console.log("cleaned up"));
      await runCommand("sh", ["-c", ${JSON.stringify(command)}]);
      console.log("went on");`;
    runner = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    runner.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    // The shell, and what it has started.
    await expect.poll(() => childrenOf(runner.pid ?? 0)).toHaveLength(3);
    const started = childrenOf(runner.pid ?? 0);
    runner.kill(signal);
    const [, by] = await once(runner, "close");
    expect(by).toBe(signal);
    await expect.poll(() => started.filter(isProcessAlive)).toEqual([]);
    expect(output).toContain("cleaned up");
    expect(output).not.toContain("went on");
  },
);
