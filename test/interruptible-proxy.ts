import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP proxy to a server that a test can disconnect or pause. */
export interface InterruptibleProxy {
  url: string;
  /** Ends every connection and takes no new one. */
  disconnect(): Promise<void>;
  reconnect(): Promise<void>;
  /** Forwards requests to the server but holds back its responses. */
  pauseResponses(): void;
  /** Forwards the responses that were held back, in order. */
  resumeResponses(): void;
}

/** Starts a proxy to the server at `url`. It listens at a free port of 127.0.0.1 unless another place is given. */
export async function startInterruptibleProxy(
  url: string,
  { host = "127.0.0.1", port: wanted = 0 } = {},
): Promise<InterruptibleProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const upstreams = new Set<Socket>();
  let isPaused = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) keep(socket);
    upstreams.add(far);
    near.pipe(far);
    far.on("data", (chunk) => near.write(chunk));
    far.on("end", () => near.end());
    if (isPaused) far.pause();
    near.on("close", () => far.destroy());
    far.on("close", () => {
      upstreams.delete(far);
      near.destroy();
    });
  });
  server.listen(wanted, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const through = new URL(url);
  through.hostname = host;
  through.port = String(port);
  return {
    // The SDK's parts expect no slash at the end.
    url: through.href.replace(/\/$/, ""),
    async disconnect() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async reconnect() {
      server.listen(port, host);
      await once(server, "listening");
    },
    pauseResponses() {
      isPaused = true;
      for (const far of upstreams) far.pause();
    },
    resumeResponses() {
      isPaused = false;
      for (const far of upstreams) far.resume();
    },
  };
}
