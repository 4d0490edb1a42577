import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("a process that started a Postgres keeps its exit code", () => {
  const script = `
    import { startOwnPostgres } from "./test/postgres.ts";
    const server = await startOwnPostgres();
    await server.stop();
    process.exitCode = 3;
  `;
  const ended = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  expect(ended).toMatchObject({ status: 3, stderr: "" });
});
