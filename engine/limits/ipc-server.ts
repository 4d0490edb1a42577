import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { readLines, sendLine } from "#platform/line-socket.ts";
import { socketAddress } from "#platform/socket-address.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Limiter, Take } from "./limiter.ts";

/** The name of the socket in the data directory through which its processes share one limiter. */
export const LIMITS_SOCKET = "limits.sock";

/** The messages on the socket, one line of JSON each. */
export interface LimitsRequest {
  id: number;
  take: Take;
}
export type LimitsResponse =
  | { id: number; counted: Awaited<ReturnType<Limiter["take"]>> }
  | { id: number; why: string };

/** Serves `limiter` to the other processes of this data directory. Only one process may do so at a time. */
export async function serveLimits(dir: string, limiter: Limiter): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    readLines(socket, (value) => void answer(socket, limiter, value as LimitsRequest));
  });
  const address = await socketAddress(dir, LIMITS_SOCKET, dir);
  const close = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await rm(address.path, { force: true });
    await address.handle?.close();
  };
  try {
    // Left behind by a process that died.
    await rm(address.path, { force: true });
    server.listen(address.path);
    await once(server, "listening");
    // Anyone who can connect could exhaust limits.
    await chmod(address.path, 0o600);
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  server.unref();
  return { close };
}

async function answer(socket: Socket, limiter: Limiter, { id, take }: LimitsRequest): Promise<void> {
  try {
    sendLine(socket, { id, counted: await limiter.take(take) } satisfies LimitsResponse);
  } catch (error) {
    const why = error instanceof VerdictUnavailable ? error.message : "limits can't be counted";
    sendLine(socket, { id, why } satisfies LimitsResponse);
  }
}
