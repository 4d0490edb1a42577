import { UsageLostError } from "./errors.ts";

const LOG_INTERVAL_MS = 60_000;

/**
 * Writes an error to the console at most once a minute, because an outage fails every request; that usage is lost, each
 * time. `now`: epoch ms.
 */
export function createErrorLog(now: () => number, message: string): (error: unknown) => void {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (now() < nextAtMs && !(error instanceof UsageLostError)) return;
    nextAtMs = now() + LOG_INTERVAL_MS;
    console.error(message, error);
  };
}
