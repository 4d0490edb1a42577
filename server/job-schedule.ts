/** Every job has started once within this time. */
const SPREAD_MS = 5_000;

/**
 * When each of `count` jobs runs for the first time, ms after the start: evenly spaced, so that requests are answered
 * between them. `phase` (0 up to 1) differs between portals that start together.
 */
export function firstRuns(count: number, phase: number): number[] {
  return Array.from({ length: count }, (_, at) => ((at + phase) * SPREAD_MS) / count);
}

/**
 * Calls `work` in `firstInMs`, and then at this interval, unless the run before is still in progress. `work` must not
 * reject. Returns a function that stops this and resolves when the current run has ended.
 */
export function repeat(
  work: () => Promise<void>,
  { firstInMs, everyMs }: { firstInMs: number; everyMs: number },
): () => Promise<void> {
  let running: Promise<void> | null = null;
  const tick = () => {
    running ??= work().finally(() => {
      running = null;
    });
  };
  let timer = setTimeout(() => {
    timer = setInterval(tick, everyMs);
    timer.unref();
    tick();
  }, firstInMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
