import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** The way to a database server, which a test can cut and mend, or clog. */
export interface InterruptibleProxy {
  url: string;
  /** Ends every connection and takes no new one. */
  disconnect(): Promise<void>;
  reconnect(): Promise<void>;
  /** Takes what is asked to the server, and keeps back whatever it answers. */
  pauseResponses(): void;
  /** Passes on what was kept back, in its order. */
  resumeResponses(): void;
}

/** A stand-in for the server at `url` that passes everything on. */
export async function startInterruptibleProxy(url: string): Promise<InterruptibleProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const fars = new Set<Socket>();
  let held = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) keep(socket);
    fars.add(far);
    near.pipe(far);
    far.on("data", (chunk) => near.write(chunk));
    far.on("end", () => near.end());
    if (held) far.pause();
    near.on("close", () => far.destroy());
    far.on("close", () => {
      fars.delete(far);
      near.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const through = new URL(url);
  through.port = String(port);
  return {
    url: through.href,
    async disconnect() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async reconnect() {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    pauseResponses() {
      held = true;
      for (const far of fars) far.pause();
    },
    resumeResponses() {
      held = false;
      for (const far of fars) far.resume();
    },
  };
}
