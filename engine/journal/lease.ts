import { once } from "node:events";
import { readdir, rename, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { basename, join } from "node:path";
import { makeDirectory } from "#platform/make-directory.ts";
import { socketAddress } from "#platform/socket-address.ts";
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
 * Creates a directory for process `id` below `root`. The process listens on a socket in it: the kernel closes the socket
 * however the process ends, and a socket is never reused by another process, unlike a process id.
 */
export async function acquireLease(root: string, id: string): Promise<Lease> {
  const [starting, dir] = [join(root, `${STARTING_PREFIX}${id}`), join(root, id)];
  makeDirectory(starting);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  // Listens before the directory gets its final name, so that others never find it without a socket.
  const address = await socketAddress(starting, SOCKET, id);
  server.listen(address.path);
  await once(server, "listening");
  await rename(starting, dir);
  return {
    dir,
    async release() {
      server.close();
      // Not earlier: the server's address depends on this handle.
      await address.handle?.close();
      await rm(join(dir, SOCKET), { force: true });
    },
  };
}

/** Moves the directories that dead processes left into `own`. If two processes try at once, each directory goes to one. */
export async function claimAbandonedDirectories(root: string, own: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const dir = join(root, entry.name);
    if (!entry.isDirectory() || dir === own || entry.name.startsWith(STARTING_PREFIX)) continue;
    if (await isAlive(dir)) continue;
    try {
      await rename(dir, join(own, `${CLAIMED_PREFIX}${entry.name}`));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
}

async function isAlive(dir: string): Promise<boolean> {
  const address = await socketAddress(dir, SOCKET, basename(dir)).catch(() => null);
  // Another process was faster, or access is denied. In both cases it must not be taken over.
  if (address === null) return true;
  const socket = connect(address.path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // Only these two codes prove that no process listens.
    return code !== "ECONNREFUSED" && code !== "ENOENT";
  } finally {
    socket.destroy();
    await address.handle?.close();
  }
}
