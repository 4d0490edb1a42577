import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Longest path of a Unix socket that every operating system accepts, bytes. */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * The path of the Unix socket `name` in `dir`. The socket is in the directory itself if possible, so that every process
 * that sees the directory finds it. If the path is too long and the system is not Linux, the socket is in the temporary
 * directory and named after `id`. Close the handle after connecting, or after listening has ended.
 */
export async function socketAddress(
  dir: string,
  name: string,
  id: string,
): Promise<{ path: string; handle?: FileHandle }> {
  const path = join(dir, name);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return { path };
  if (process.platform === "linux") {
    // A short path through the open directory.
    const handle = await open(dir, "r");
    return { path: `/proc/self/fd/${handle.fd}/${name}`, handle };
  }
  const hash = createHash("sha256").update(id).digest("hex").slice(0, 24);
  return { path: join(tmpdir(), `latchkey-${hash}.sock`) };
}
