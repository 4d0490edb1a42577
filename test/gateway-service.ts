import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** A request that reached the service behind a gateway. */
export interface ArrivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  bodyBytes: number;
}

export interface TestService {
  port: number;
  /** Requests since `forget`, oldest first. */
  arrived: ArrivedRequest[];
  forget(): void;
  end(): Promise<void>;
}

/** A service that allows every website, answers "served", and takes any upgrade and tunnel that reaches it. */
export async function startService(): Promise<TestService> {
  const arrived: ArrivedRequest[] = [];
  const server = createServer({ maxHeaderSize: 131_072 }, (req, res) => {
    let bodyBytes = 0;
    req.on("data", (chunk: Buffer) => {
      bodyBytes += chunk.length;
    });
    req.on("end", () => {
      arrived.push({ method: req.method ?? "", url: req.url ?? "", headers: req.headers, bodyBytes });
      res.setHeader("Access-Control-Allow-Origin", "*");
      res.setHeader("Access-Control-Allow-Headers", "X-Api-Key");
      res.setHeader("Access-Control-Allow-Methods", "GET, PUT");
      res.setHeader("Content-Length", "served".length);
      res.end("served");
    });
  });
  server.on("upgrade", (req, socket) => {
    arrived.push({ method: req.method ?? "", url: req.url ?? "", headers: req.headers, bodyBytes: 0 });
    socket.on("error", () => {});
    const head = [
      "HTTP/1.1 101 Switching Protocols",
      "Connection: Upgrade",
      `Upgrade: ${req.headers.upgrade}`,
    ];
    const key = req.headers["sec-websocket-key"];
    if (key) head.push(`Sec-WebSocket-Accept: ${acceptOf(key)}`);
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.pipe(socket);
  });
  server.on("connect", (req, socket) => {
    arrived.push({ method: "CONNECT", url: req.url ?? "", headers: req.headers, bodyBytes: 0 });
    socket.on("error", () => {});
    socket.end("HTTP/1.1 200 OK\r\n\r\n");
  });
  return {
    port: await listen(server),
    arrived,
    forget: () => void arrived.splice(0),
    end: () => close(server),
  };
}

/** RFC 6455, section 4.2.2. */
function acceptOf(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

/** A proxy in front of a verifier that records the headers a gateway sends. */
export interface GateRecorder {
  port: number;
  /** Of the newest request. */
  headers: IncomingHttpHeaders;
  end(): Promise<void>;
}

export async function recordGate(verifierPort: number): Promise<GateRecorder> {
  const server = createServer({ maxHeaderSize: 65_536 }, (req, res) => {
    recorder.headers = req.headers;
    const to = {
      host: "127.0.0.1",
      port: verifierPort,
      path: req.url,
      method: req.method,
      headers: req.headers,
    };
    const forwarded = request(to, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    forwarded.on("error", () => res.destroy());
    req.pipe(forwarded);
  });
  const recorder = {
    port: await listen(server),
    headers: {} as IncomingHttpHeaders,
    end: () => close(server),
  };
  return recorder;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Sends raw bytes and resolves with the response when `isComplete` returns true or the connection ends. */
export function sendRaw(
  port: number,
  bytes: string,
  isComplete: (received: string) => boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const done = () => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(10_000, done);
    socket.on("data", (chunk) => {
      received += chunk;
      if (isComplete(received)) done();
    });
    socket.on("close", done);
    socket.on("error", reject);
  });
}
