import { makeLog } from "#platform/log.ts";

/** The verifier's log: facts about itself, and requests that failed, by their ids. */
export const log = makeLog("verifier");
