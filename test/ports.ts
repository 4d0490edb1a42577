import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

// Below what systems give out to connections on their way out (from 32768 on Linux, 49152 elsewhere): a port
// from there may be some connection's own by the time that a server is started on it.
const LOWEST = 10_000;
const HIGHEST = 32_000;

/** A port that nothing has; with a count, the first of so many in a row. */
export async function freePort(count = 1): Promise<number> {
  for (;;) {
    const first = randomInt(LOWEST, HIGHEST - count);
    const free = await Promise.all(Array.from({ length: count }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
}

/** On every address: what listens on only one of them counts too. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
