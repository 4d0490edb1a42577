import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Loaded before a verifier's own code: every write takes as long as a file says, or finds no room, as on a disk that
 * is slow or full. What is asked meanwhile waits, as it does for a disk.
 */
const file = process.env.FAULT_DISK_FILE ?? "";
const reallyWrite = fs.writeSync;
const clock = new Int32Array(new SharedArrayBuffer(4));

fs.writeSync = ((...given: Parameters<typeof fs.writeSync>) => {
  const { delayMs, isFull }: { delayMs: number; isFull: boolean } = JSON.parse(fs.readFileSync(file, "utf8"));
  if (delayMs > 0) Atomics.wait(clock, 0, 0, delayMs);
  if (isFull) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  return reallyWrite(...given);
}) as typeof fs.writeSync;
syncBuiltinESMExports();
