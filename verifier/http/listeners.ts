import { type AddressInfo, createServer, type Server } from "node:net";

/**
 * Sockets that listen at one port. Node takes one connection a turn of the event loop from each (libuv does,
 * since its pull request 3696), and a turn takes milliseconds under load: with a single one, whoever connects then
 * waits for seconds.
 */
const DOORS = 16;
/** What a system says that can't have several sockets at one port (`SO_REUSEPORT`, on Linux): there one has to do. */
const UNSUPPORTED = new Set(["ENOTSUP", "ENOPROTOOPT", "EINVAL"]);
/** Connections that wait at each to be taken. */
const BACKLOG = 1_024;

interface Place {
  /** 0: any that is free. */
  port: number;
  /** Every address of this machine when left out. */
  host?: string | undefined;
  /** Whether other processes may listen there as well. */
  shared?: boolean;
}

/**
 * Has as many servers listen at one port as it takes to let in whoever connects, and resolves with them. Rejects
 * with `EADDRINUSE` where somebody else listens there who was not expected.
 */
export async function openListeners<Made extends Server>(
  make: () => Made,
  { port, host, shared = false }: Place,
): Promise<Made[]> {
  // Sockets that share a port among themselves would share it with a stranger's as well.
  if (!shared) await requireFree({ port, host });
  const first = await listen(make(), { port, host, reusePort: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (shared || !UNSUPPORTED.has(error.code ?? "")) throw error;
      return null;
    },
  );
  if (first === null) return [await listen(make(), { port, host, reusePort: false })];
  const { address, port: taken } = placeOf(first);
  const door = () => listen(make(), { port: taken, host: address, reusePort: true });
  return [first, ...(await Promise.all(Array.from({ length: DOORS - 1 }, door)))];
}

/** Rejects with `EADDRINUSE` where somebody listens. */
async function requireFree(place: Omit<Place, "shared">): Promise<void> {
  const probe = await listen(createServer(), { ...place, reusePort: false });
  await new Promise<void>((resolve) => probe.close(() => resolve()));
}

/** A name may stand for several addresses: all doors are at the first one's. */
function placeOf(server: Server): AddressInfo {
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("listens at no port");
  return place;
}

interface Listening extends Omit<Place, "shared"> {
  reusePort: boolean;
}

export function listen<Made extends Server>(server: Made, place: Listening): Promise<Made> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ ...place, backlog: BACKLOG }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}
