import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TAKEN } from "./segments.ts";

const SOCKET = "alive.sock";
/** Not yet anybody's: being set up. */
const STARTING = ".starting-";
/** The operating system's bound on a socket's path, with room for the longer of our two names. */
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
  server.listen(socketPath(starting, id, root));
  await once(server, "listening");
  await rename(starting, dir);
  return {
    dir,
    async release() {
      server.close();
      await rm(join(dir, SOCKET), { force: true });
      await rm(socketPath(dir, id, root), { force: true });
    },
  };
}

/** Moves what dead processes left into `own`. Of two who try at once, one gets each directory. */
export async function takeOverDead(root: string, own: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const dir = join(root, entry.name);
    if (!entry.isDirectory() || dir === own || entry.name.startsWith(STARTING)) continue;
    if (await isAlive(socketPath(dir, entry.name, root))) continue;
    try {
      await rename(dir, join(own, `${TAKEN}${entry.name}`));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
}

function socketPath(dir: string, id: string, root: string): string {
  const path = join(dir, SOCKET);
  if (path.length + STARTING.length <= LONGEST_SOCKET_PATH) return path;
  // The same short name from either of the directory's names.
  const name = createHash("sha256").update(`${root}/${id}`).digest("hex").slice(0, 24);
  return join(tmpdir(), `latchkey-${name}.sock`);
}

async function isAlive(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // Anything but «nobody listens there» is no proof of death.
    return code !== "ECONNREFUSED" && code !== "ENOENT";
  } finally {
    socket.destroy();
  }
}
