import { makeLog } from "./make-log.ts";

/** The verifier's log: facts about itself, and requests that failed, by their ids. */
export const log = makeLog("verifier");
