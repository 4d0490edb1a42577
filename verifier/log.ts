import pino from "pino";

/** The verifier's log: facts about itself. Requests are not logged, so no secret can be. */
export const log = pino({ name: "verifier", level: process.env.LOG_LEVEL ?? "info", base: null });
