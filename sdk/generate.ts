import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

/** `npm run generate -w @latchkey/sdk`: generates the management clients of all SDKs. */
const GENERATORS = ["typescript/scripts/generate.ts", "go/scripts/generate.ts"];

for (const script of GENERATORS) {
  const { status } = spawnSync(process.execPath, ["-C", "react-server", script], {
    cwd: dirname(import.meta.filename),
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
