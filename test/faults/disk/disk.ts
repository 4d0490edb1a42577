import { spawnSync } from "node:child_process";
import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A separate disk for a data directory, which a test can fill or slow down. */
export interface Disk {
  dir: string;
  /** Environment of the verifier that writes there. */
  env: Record<string, string>;
  /** Fills the disk, and any space that becomes free, until `clear`. */
  fill(): void;
  clear(): void;
  /** Delays each later write of the verifier. */
  slowDown(delayMs: number): void;
  remove(): Promise<void>;
}

const SIZE = "2m";
const REFILL_INTERVAL_MS = 10;

/** A real file system where mounting is allowed; else only the verifier's writes fail. */
export async function makeDisk(): Promise<Disk> {
  const dir = await mkdtemp(join(tmpdir(), "latchkey-disk-"));
  const control = await mkdtemp(join(tmpdir(), "latchkey-disk-control-"));
  const isReal = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", dir]).status === 0;
  console.log(isReal ? `a disk of ${SIZE}` : "mounting is not allowed: writes fail by injection instead");
  const [file, filler] = [join(control, "disk.json"), join(dir, "filler")];
  const state = { delayMs: 0, isFull: false };
  const setState = (changes: Partial<typeof state>) => {
    Object.assign(state, changes);
    // Replaced atomically, because the verifier reads it at every write.
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  };
  setState({});
  let timer: NodeJS.Timeout | undefined;
  const fill = () => {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(4_096));
    } catch {
      // Full.
    }
  };
  return {
    dir,
    env: {
      LATCHKEY_DATA_DIR: dir,
      FAULT_DISK_FILE: file,
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "register.ts"))}`,
    },
    fill() {
      if (!isReal) return setState({ isFull: true });
      fill();
      timer = setInterval(fill, REFILL_INTERVAL_MS);
    },
    clear() {
      clearInterval(timer);
      rmSync(filler, { force: true });
      setState({ isFull: false });
    },
    slowDown: (delayMs) => setState({ delayMs }),
    async remove() {
      clearInterval(timer);
      if (isReal) spawnSync("umount", ["--lazy", dir]);
      for (const folder of [dir, control]) await rm(folder, { recursive: true, force: true });
    },
  };
}
