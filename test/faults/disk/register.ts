import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Imported before the verifier's code. Delays every write, or fails it with ENOSPC, as `FAULT_DISK_FILE` says. Like
 * a slow disk, it blocks the event loop.
 */
const file = process.env.FAULT_DISK_FILE ?? "";
const originalWriteSync = fs.writeSync;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

fs.writeSync = ((...args: Parameters<typeof fs.writeSync>) => {
  const { delayMs, isFull }: { delayMs: number; isFull: boolean } = JSON.parse(fs.readFileSync(file, "utf8"));
  if (delayMs > 0) Atomics.wait(sleeper, 0, 0, delayMs);
  if (isFull) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  return originalWriteSync(...args);
}) as typeof fs.writeSync;
syncBuiltinESMExports();
