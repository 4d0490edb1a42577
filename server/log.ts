import { createLog } from "#platform/log.ts";
import { currentRequest } from "./request-scope.ts";

/** The portal's log. Lines written while a request is handled carry its id. */
export const log = createLog("portal", () => {
  const requestId = currentRequest()?.requestId;
  return requestId === undefined ? {} : { requestId };
});
