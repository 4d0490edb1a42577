import { once } from "node:events";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { basename, join } from "node:path";
import { socketAddress } from "#platform/socket-address.ts";
import { TAKEN } from "./segments.ts";

const SOCKET = "alive.sock";
/** Not yet anybody's: being set up. */
const STARTING = ".starting-";

/** A directory of one's own below `root`, and the sign that its owner lives. */
export interface Lease {
  dir: string;
  release(): Promise<void>;
}

/**
 * Takes a directory for process `id`. A socket is listened on for as long as the process lives: the kernel
 * closes it however the process ends, and unlike a process id it is never somebody else's later.
 */
export async function takeLease(root: string, id: string): Promise<Lease> {
  const [starting, dir] = [join(root, `${STARTING}${id}`), join(root, id)];
  await mkdir(starting, { recursive: true, mode: 0o700 });
  const server = createServer((socket) => socket.destroy());
  server.unref();
  // Listening comes before the name that others look at: a directory by that name is never half made.
  const address = await socketAddress(starting, SOCKET, id);
  server.listen(address.path);
  await once(server, "listening");
  await rename(starting, dir);
  return {
    dir,
    async release() {
      server.close();
      // Only now: until here the address went by way of it.
      await address.handle?.close();
      await rm(join(dir, SOCKET), { force: true });
    },
  };
}

/** Moves what dead processes left into `own`. Of two who try at once, one gets each directory. */
export async function takeOverDead(root: string, own: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const dir = join(root, entry.name);
    if (!entry.isDirectory() || dir === own || entry.name.startsWith(STARTING)) continue;
    if (await isAlive(dir)) continue;
    try {
      await rename(dir, join(own, `${TAKEN}${entry.name}`));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
}

async function isAlive(dir: string): Promise<boolean> {
  const address = await socketAddress(dir, SOCKET, basename(dir)).catch(() => null);
  // Another taker was faster, or it may not be looked into: in neither case is it ours.
  if (address === null) return true;
  const socket = connect(address.path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // Anything but «nobody listens there» is no proof of death.
    return code !== "ECONNREFUSED" && code !== "ENOENT";
  } finally {
    socket.destroy();
    await address.handle?.close();
  }
}
