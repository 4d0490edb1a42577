import { type AddressInfo, createServer, type Server } from "node:net";

/**
 * Sockets that listen on one port. Node accepts one connection from each in a turn of the event loop (as libuv does
 * since its pull request 3696), and a turn takes milliseconds under load: with a single socket, clients would wait
 * seconds to connect.
 */
const LISTENERS = 16;
/** The errors of systems without several sockets on one port (`SO_REUSEPORT`). These get one listener. */
const UNSUPPORTED = new Set(["ENOTSUP", "ENOPROTOOPT", "EINVAL"]);
/** Connections that may wait on each socket to be accepted. */
const BACKLOG = 1_024;

interface ListenOptions {
  /** 0: any free port. */
  port: number;
  /** All addresses of this machine by default. */
  host?: string | undefined;
  /** Whether other processes may listen on the port too. */
  shared?: boolean;
}

/**
 * Listens on one port with several servers, and resolves with them. Rejects with `EADDRINUSE` if another process
 * listens there and the port is not shared.
 */
export async function openListeners<S extends Server>(
  make: () => S,
  { port, host, shared = false }: ListenOptions,
): Promise<S[]> {
  // Sockets that share a port would also share it with those of an unrelated process.
  if (!shared) await requireFree({ port, host });
  const first = await listen(make(), { port, host, reusePort: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (shared || !UNSUPPORTED.has(error.code ?? "")) throw error;
      return null;
    },
  );
  if (first === null) return [await listen(make(), { port, host, reusePort: false })];
  const { address, port: taken } = addressOf(first);
  const open = () => listen(make(), { port: taken, host: address, reusePort: true });
  return [first, ...(await Promise.all(Array.from({ length: LISTENERS - 1 }, open)))];
}

/** Rejects with `EADDRINUSE` if a process listens there. */
async function requireFree(options: Omit<ListenOptions, "shared">): Promise<void> {
  const probe = await listen(createServer(), { ...options, reusePort: false });
  await new Promise<void>((resolve) => probe.close(() => resolve()));
}

/** The address in use. A host name may have several addresses: all servers listen on the first. */
function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address;
}

interface SocketOptions extends Omit<ListenOptions, "shared"> {
  reusePort: boolean;
}

/** Resolves with the server once it listens; rejects if it can't. */
export function listen<S extends Server>(server: S, options: SocketOptions): Promise<S> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ ...options, backlog: BACKLOG }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}
