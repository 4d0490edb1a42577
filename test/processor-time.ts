const MAX_RUNS = 5;

/**
 * The processor time of this thread for `run`, ms: the least of up to five runs, fewer once it is below `limitMs`. A
 * busy machine, garbage collection and compilation make a run longer, never shorter.
 */
export function processorTime(run: () => void, limitMs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let times = 0; times < MAX_RUNS && least >= limitMs; times++) {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}
