import { createHash } from "node:crypto";
import { once } from "node:events";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { TAKEN } from "./segments.ts";

const SOCKET = "alive.sock";
/** Not yet anybody's: being set up. */
const STARTING = ".starting-";
/** The operating system's bound on a socket's path, bytes. */
const LONGEST_SOCKET_PATH = 100;

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
  const address = await addressOf(starting, id);
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

/**
 * How to reach the socket in `dir`. It is in the directory itself wherever it can be, so that all who see the
 * directory see it, whatever they call the path and whatever they have for a temporary directory.
 */
async function addressOf(dir: string, id: string): Promise<{ path: string; handle?: FileHandle }> {
  const path = join(dir, SOCKET);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return { path };
  if (process.platform === "linux") {
    // A short way to a long path: through the open directory.
    const handle = await open(dir, "r");
    return { path: `/proc/self/fd/${handle.fd}/${SOCKET}`, handle };
  }
  const name = createHash("sha256").update(id).digest("hex").slice(0, 24);
  return { path: join(tmpdir(), `latchkey-${name}.sock`) };
}

async function isAlive(dir: string): Promise<boolean> {
  const address = await addressOf(dir, basename(dir)).catch(() => null);
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
