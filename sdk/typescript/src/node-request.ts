import type { ServiceRequest } from "./http.ts";

/** The parts of Node's `IncomingMessage` that the middlewares read. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  socket: { remoteAddress?: string | undefined };
}

/** A request of `node:http` as the middlewares see it. `target` is the URL before a router removed its mount path. */
export function fromNode(request: NodeRequest, target: string = request.url ?? "/"): ServiceRequest {
  return {
    method: request.method ?? "GET",
    target,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    remoteAddress: request.socket.remoteAddress,
  };
}
