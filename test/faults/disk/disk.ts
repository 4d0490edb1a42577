import { spawnSync } from "node:child_process";
import { appendFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A disk of its own for a data directory, which a test can fill or slow down. */
export interface Disk {
  dir: string;
  /** For the verifier that writes there. */
  env: Record<string, string>;
  /** Leaves no room, not even what becomes free, until `clear`. */
  fill(): void;
  clear(): void;
  /** How long each write of the verifier's takes from now on. */
  slowDown(delayMs: number): void;
  remove(): Promise<void>;
}

const SIZE = "2m";
const AGAIN_MS = 10;

/** A real one where file systems may be mounted; else writes only find no room, and the rest of a disk goes on. */
export async function makeDisk(): Promise<Disk> {
  const dir = await mkdtemp(join(tmpdir(), "latchkey-disk-"));
  const control = await mkdtemp(join(tmpdir(), "latchkey-disk-control-"));
  const isReal = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", dir]).status === 0;
  console.log(isReal ? `a disk of ${SIZE}` : "no disk may be mounted here: its writes are made to fail");
  const [file, filling] = [join(control, "disk.json"), join(dir, "filling")];
  const now = { delayMs: 0, isFull: false };
  const say = (more: Partial<typeof now>) => {
    Object.assign(now, more);
    // Whole or not at all: it is read all the time.
    writeFileSync(`${file}.new`, JSON.stringify(now));
    renameSync(`${file}.new`, file);
  };
  say({});
  let timer: NodeJS.Timeout | undefined;
  const fill = () => {
    try {
      for (;;) appendFileSync(filling, Buffer.alloc(4_096));
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
      if (!isReal) return say({ isFull: true });
      fill();
      timer = setInterval(fill, AGAIN_MS);
    },
    clear() {
      clearInterval(timer);
      rmSync(filling, { force: true });
      say({ isFull: false });
    },
    slowDown: (delayMs) => say({ delayMs }),
    async remove() {
      clearInterval(timer);
      if (isReal) spawnSync("umount", ["--lazy", dir]);
      for (const folder of [dir, control]) await rm(folder, { recursive: true, force: true });
    },
  };
}
