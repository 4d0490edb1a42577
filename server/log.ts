import { makeLog } from "#platform/log.ts";
import { requestHere } from "./request-scope.ts";

/** The portal's log. What is said while a request is answered carries the request's id. */
export const log = makeLog("portal", () => {
  const requestId = requestHere()?.requestId;
  return requestId === undefined ? {} : { requestId };
});
