const LOG_INTERVAL_MS = 60_000;

/** Writes an error to the console at most once a minute, because an outage fails every request. `now`: epoch ms. */
export function createErrorLog(now: () => number, message: string): (error: unknown) => void {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (now() < nextAtMs) return;
    nextAtMs = now() + LOG_INTERVAL_MS;
    console.error(message, error);
  };
}
