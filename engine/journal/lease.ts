import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "#platform/error-code.ts";
import { isListening, type LivenessSocket, openLivenessSocket } from "#platform/liveness-socket.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import { CLAIMED_PREFIX } from "./segments.ts";

const SOCKET = "alive.sock";
/** The prefix of a directory that is still being set up. */
export const STARTING_PREFIX = ".starting-";

/** A directory that belongs to one process, with a socket that shows that the process is alive. */
export interface Lease {
  dir: string;
  release(): Promise<void>;
}

/**
 * Creates a directory for process `id` below `root`. The process listens on a socket in it while it is alive. If this
 * fails, nothing is left behind.
 */
export async function acquireLease(root: string, id: string): Promise<Lease> {
  const [starting, dir] = [join(root, `${STARTING_PREFIX}${id}`), join(root, id)];
  makeDirectory(starting);
  let alive: LivenessSocket | null = null;
  try {
    // Listens before the directory gets its final name, so that others never find it without a socket.
    alive = await openLivenessSocket(starting, SOCKET, id);
    await rename(starting, dir);
  } catch (error) {
    await alive?.close();
    await rm(starting, { recursive: true, force: true });
    throw error;
  }
  const socket = alive;
  return {
    dir,
    async release() {
      await socket.close();
      await rm(join(dir, SOCKET), { force: true });
    },
  };
}

/** Moves the directories that dead processes left into `own`. If two processes try at once, each directory goes to one. */
export async function claimAbandonedDirectories(root: string, own: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const dir = join(root, entry.name);
    if (!entry.isDirectory() || dir === own || entry.name.startsWith(STARTING_PREFIX)) continue;
    if (await isListening(dir, SOCKET, entry.name)) continue;
    try {
      await rename(dir, join(own, `${CLAIMED_PREFIX}${entry.name}`));
    } catch (error) {
      if (errorCode(error) !== "ENOENT") throw error;
    }
  }
}
