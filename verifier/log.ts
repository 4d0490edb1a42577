import { createLog } from "#platform/log.ts";

/** The verifier's log: its own state, and failed requests by id. */
export const log = createLog("verifier");
