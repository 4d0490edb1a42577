import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The operating system's bound on a socket's path, bytes. */
const LONGEST_SOCKET_PATH = 100;

/**
 * How to reach the socket `name` in `dir`. It is in the directory itself wherever it can be, so that all who see
 * the directory see it, whatever they call the path and whatever they have for a temporary directory. Else `id`
 * names it. A handle is to be closed once the socket is connected to, or listened on no longer.
 */
export async function socketAddress(
  dir: string,
  name: string,
  id: string,
): Promise<{ path: string; handle?: FileHandle }> {
  const path = join(dir, name);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return { path };
  if (process.platform === "linux") {
    // A short way to a long path: through the open directory.
    const handle = await open(dir, "r");
    return { path: `/proc/self/fd/${handle.fd}/${name}`, handle };
  }
  const hash = createHash("sha256").update(id).digest("hex").slice(0, 24);
  return { path: join(tmpdir(), `latchkey-${hash}.sock`) };
}
