import type { IncomingMessage, ServerResponse } from "node:http";
import { isAborted } from "./aborted.ts";
import { refuse } from "./gate.ts";
import { log } from "./log.ts";
import { type RequestScope, requestHere } from "./request-scope.ts";

/** What Next may have set for the answer that is replaced. */
const BODY_HEADERS = ["content-type", "content-length", "content-encoding", "transfer-encoding", "vary"];

/**
 * Answers 400 where Next fails on the body or the headers of a server action: before it calls any code of ours,
 * only the client can be at fault. Each is logged in one line.
 */
export function refuseMalformedActions(req: IncomingMessage, res: ServerResponse, scope: RequestScope): void {
  if (req.method !== "POST" || req.url?.startsWith("/api/")) return;
  scope.isDecodingAction = true;
  const { writeHead, write, end } = res;
  const isOurs = () => !scope.isDecodingAction || res.statusCode !== 500 || res.headersSent;
  let isReplaced = false;
  const replace = () => {
    isReplaced = true;
    Object.assign(res, { writeHead, write, end });
    for (const name of BODY_HEADERS) res.removeHeader(name);
    refuse(res, 400, "This is no action of this page.", { Connection: "close" });
    // What Next goes on to write belongs to the answer that was replaced.
    return Object.assign(res, { write: () => true, end: () => res });
  };
  Object.assign(res, {
    writeHead(status: number, ...rest: unknown[]) {
      res.statusCode = status;
      return isOurs() ? Reflect.apply(writeHead, res, [status, ...rest]) : replace();
    },
    write: (...call: unknown[]) => (isOurs() ? Reflect.apply(write, res, call) : Boolean(replace())),
    end: (...call: unknown[]) => (isOurs() ? Reflect.apply(end, res, call) : replace()),
  });
  res.once("finish", () => {
    if (!scope.isDecodingAction || res.statusCode < 400) return;
    // Next goes on to set the status of the answer that it thinks it gives.
    log.info({ status: isReplaced ? 400 : res.statusCode }, "a malformed or unknown action was refused");
  });
}

/** Notes that code of ours runs for this request: what fails from now on is a fault of ours. */
export function actionBegins(): void {
  const scope = requestHere();
  if (scope) scope.isDecodingAction = false;
}

/**
 * Keeps Next from printing a stack for every malformed action and for every client that hangs up while its body
 * is read: anybody could fill the log with them.
 */
export function quietClientFaults(): void {
  for (const method of ["error", "warn"] as const) {
    const print = console[method].bind(console);
    console[method] = (...said: unknown[]) => {
      if (!requestHere()?.isDecodingAction && !said.some(isAborted)) print(...said);
    };
  }
}
