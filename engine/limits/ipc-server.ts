import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { readLines, writeLine } from "#platform/line-socket.ts";
import { socketAddress } from "#platform/socket-address.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import type { Limiter, Take } from "./limiter.ts";

/** The name of the socket in the data directory through which its processes share one limiter. */
export const LIMITS_SOCKET = "limits.sock";

/** What goes over the socket, a line of JSON each. */
export interface Asked {
  id: number;
  take: Take;
}
export type Answered =
  | { id: number; counted: Awaited<ReturnType<Limiter["take"]>> }
  | { id: number; why: string };

/** Answers the other processes of this data directory from `limiter`. Nobody else may be doing so. */
export async function serveLimits(dir: string, limiter: Limiter): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    readLines(socket, (value) => void answer(socket, limiter, value as Asked));
  });
  const address = await socketAddress(dir, LIMITS_SOCKET, dir);
  // What is left of one that died.
  await rm(address.path, { force: true });
  server.listen(address.path);
  await once(server, "listening");
  // Whoever can speak here can use up limits.
  await chmod(address.path, 0o600);
  server.unref();
  return {
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await rm(address.path, { force: true });
      await address.handle?.close();
    },
  };
}

async function answer(socket: Socket, limiter: Limiter, { id, take }: Asked): Promise<void> {
  try {
    writeLine(socket, { id, counted: await limiter.take(take) } satisfies Answered);
  } catch (error) {
    const why = error instanceof VerdictUnavailable ? error.message : "limits can't be counted";
    writeLine(socket, { id, why } satisfies Answered);
  }
}
