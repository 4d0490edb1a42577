import type { IncomingMessage, RequestOptions } from "node:http";
import { type Post, TimedOutError, TooLargeError, type Transport } from "./post.ts";

interface Modules {
  http: typeof import("node:http");
  https: typeof import("node:https");
}

/** Node's client with connections that are kept alive. Null on other platforms. */
export function nodeTransport(): Transport | null {
  const modules = nodeModules();
  if (modules === null) return null;
  const { http, https } = modules;
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };
  const targets = new Map<string, Target>();
  return (post) => {
    let target = targets.get(post.url);
    if (target === undefined) {
      target = targetOf(post.url, agents);
      targets.set(post.url, target);
    }
    const { request } = target.options.protocol === "https:" ? https : http;
    return send(request, target, post);
  };
}

/** Without an import, which bundlers for browsers and edge runtimes would reject. */
function nodeModules(): Modules | null {
  const { process, navigator } = globalThis as {
    process?: Partial<Pick<NodeJS.Process, "getBuiltinModule" | "env">>;
    navigator?: { userAgent?: string };
  };
  // Bun, Deno and Workers have these modules too, on top of another client. Node 20 has no navigator.
  const platform = navigator?.userAgent ?? "Node.js/20";
  if (process?.getBuiltinModule === undefined || !platform.startsWith("Node.js/")) return null;
  // With the variable or a dispatcher, `fetch` uses a proxy.
  if (process.env?.NODE_USE_ENV_PROXY || hasOwnDispatcher()) return null;
  const [http, https] = [process.getBuiltinModule("node:http"), process.getBuiltinModule("node:https")];
  return http && https ? { http, https } : null;
}

/**
 * Whether the service configured how `fetch` sends requests, usually through a proxy: with `--use-env-proxy`, or with
 * undici's `setGlobalDispatcher`.
 */
function hasOwnDispatcher(): boolean {
  const dispatcher = (globalThis as Record<symbol, object | undefined>)[
    Symbol.for("undici.globalDispatcher.1")
  ];
  return dispatcher !== undefined && dispatcher.constructor.name !== "Agent";
}

/** What all requests to one URL have in common. */
interface Target {
  options: RequestOptions;
  /** The header `Host`. */
  host: string;
}

function targetOf(url: string, agents: Record<"http" | "https", RequestOptions["agent"]>): Target {
  const { protocol, host, hostname, port, pathname, search } = new URL(url);
  const options = {
    protocol,
    // Brackets of an IPv6 address belong to the URL only.
    hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? undefined : Number(port),
    path: pathname + search,
    method: "POST",
    agent: protocol === "https:" ? agents.https : agents.http,
  };
  return { options, host };
}

function send(
  request: Modules["http"]["request"],
  { options, host }: Target,
  { headers, body, timeoutMs, maxBytes, signal }: Post,
): ReturnType<Transport> {
  return new Promise((resolve, reject) => {
    // As a list, which Node writes as it is: it would store each header of an object first.
    const list = ["Host", host, "Content-Length", String(Buffer.byteLength(body))];
    for (const [name, value] of Object.entries(headers)) list.push(name, value);
    const sent = request({ ...options, headers: list, ...(signal && { signal }) });
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    const timer = setTimeout(() => {
      // Not left to the request's error: there is none if the connection is closed already, as after a status of 101.
      fail(new TimedOutError());
      sent.destroy();
    }, timeoutMs);
    sent.on("error", fail);
    sent.on("response", (response) => {
      response.on("error", fail);
      readAll(response, maxBytes, (text) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    sent.end(body);
  });
}

/** Destroys the response if it has more bytes than `maxBytes`. */
function readAll(response: IncomingMessage, maxBytes: number, done: (text: string) => void): void {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  response.on("data", (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) response.destroy(new TooLargeError());
    else chunks.push(chunk);
  });
  response.on("end", () => done(Buffer.concat(chunks).toString()));
}
