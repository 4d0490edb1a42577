import { processSingleton } from "#platform/process-singleton.ts";

/** What is known about a background job of this process. */
export interface JobStats {
  failures: number;
  /** Epoch ms; the start of the process until its first success. */
  lastSuccessAt: number;
}

/** By the job's name. Shared, because pages and the server are separate bundles. */
export function jobStats(): Map<string, JobStats> {
  return processSingleton("job stats", () => new Map<string, JobStats>());
}

/** Counts a run of a job. */
export function countJobRun(name: string, succeeded: boolean, nowMs: number): void {
  const stats = jobStats();
  const { failures, lastSuccessAt } = stats.get(name) ?? { failures: 0, lastSuccessAt: nowMs };
  stats.set(name, {
    failures: succeeded ? failures : failures + 1,
    lastSuccessAt: succeeded ? nowMs : lastSuccessAt,
  });
}
