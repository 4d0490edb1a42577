import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "./log.ts";
import { reject } from "./malformed-requests.ts";
import { isAborted } from "./problem.ts";
import { currentRequest, type RequestScope } from "./request-scope.ts";

/** Headers that Next may have set for the replaced response. */
const BODY_HEADERS = ["content-type", "content-length", "content-encoding", "transfer-encoding", "vary"];

/** Below these, handlers answer. A page answers any other path, also below `/api/`. */
const OF_HANDLERS = /^\/api\/(?:(?:v1|auth)(?:[/?]|$)|(?:documents|openapi\.json)(?:\?|$))/;

/**
 * Responds with 400 if Next fails on the body or headers of a server action before it runs our code: then only the
 * client can be at fault. Logs one line each.
 */
export function rejectMalformedActions(req: IncomingMessage, res: ServerResponse, scope: RequestScope): void {
  if (req.method !== "POST" || OF_HANDLERS.test(req.url ?? "")) return;
  scope.isDecodingAction = true;
  const { writeHead, write, end } = res;
  const isOurs = () => !scope.isDecodingAction || res.statusCode !== 500 || res.headersSent;
  let isReplaced = false;
  const replace = () => {
    isReplaced = true;
    Object.assign(res, { writeHead, write, end });
    for (const name of BODY_HEADERS) res.removeHeader(name);
    reject(res, 400, "This is not an action of this page.", { Connection: "close" });
    // Discards what Next writes for the replaced response.
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
    // Next still sets the status of the response that it thinks it sends.
    log.info({ status: isReplaced ? 400 : res.statusCode }, "rejected a malformed or unknown action");
  });
}

/** Marks that our code runs for this request: later failures are ours. */
export function markActionStarted(): void {
  const scope = currentRequest();
  if (scope) scope.isDecodingAction = false;
}

/**
 * Keeps Next from printing a stack trace for every malformed action and for every client that disconnects while its
 * body is read: anyone could fill the log with them.
 */
export function silenceClientErrors(): void {
  for (const method of ["error", "warn"] as const) {
    const print = console[method].bind(console);
    console[method] = (...said: unknown[]) => {
      if (!currentRequest()?.isDecodingAction && !said.some(isAborted)) print(...said);
    };
  }
}
