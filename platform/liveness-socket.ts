import { once } from "node:events";
import { connect, createServer } from "node:net";
import { errorCode } from "./error-code.ts";
import { socketAddress } from "./socket-address.ts";

/** A Unix socket that shows that its process is alive. */
export interface LivenessSocket {
  close(): Promise<void>;
}

/**
 * Listens on the Unix socket `name` in `dir`; `id` as in `socketAddress`. The kernel closes the socket however the
 * process ends, and it is never reused by another process, unlike a process id. It also works across containers that
 * share the directory, where process ids of others mean nothing. All users who can open the directory may connect.
 */
export async function openLivenessSocket(dir: string, name: string, id: string): Promise<LivenessSocket> {
  const address = await socketAddress(dir, name, id);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  const close = async () => {
    server.close();
    // Not earlier: the server's address depends on this handle.
    await address.handle?.close();
  };
  try {
    server.listen({ path: address.path, writableAll: true });
    await once(server, "listening");
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

/** Whether a process listens on the socket. True if that can't be found out. */
export async function isListening(dir: string, name: string, id: string): Promise<boolean> {
  const address = await socketAddress(dir, name, id).catch(() => null);
  // The directory was moved, or access is denied.
  if (address === null) return true;
  const socket = connect(address.path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    const code = errorCode(error);
    // Only these two codes prove that no process listens.
    return code !== "ECONNREFUSED" && code !== "ENOENT";
  } finally {
    socket.destroy();
    await address.handle?.close();
  }
}
