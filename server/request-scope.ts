import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { newId } from "#core/ids.ts";
import { shared } from "./shared.ts";

const scope = () => shared("request scope", () => new AsyncLocalStorage<string>());

/** Runs what answers a request under an id of its own, which the client is told and every log line carries. */
export function withRequestId(res: ServerResponse, answer: () => void): void {
  const requestId = newId("request");
  res.setHeader("X-Request-Id", requestId);
  scope().run(requestId, answer);
}

/** The id of the request that is being answered; undefined outside of one. */
export function requestIdHere(): string | undefined {
  return scope().getStore();
}

/** The same, or a new one where no request of the portal's own server stands behind the call. */
export function currentRequestId(): string {
  return requestIdHere() ?? newId("request");
}
