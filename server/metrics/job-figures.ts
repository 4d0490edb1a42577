import { shared } from "#platform/shared.ts";

/** What is known about a background job of this process. */
export interface JobFigures {
  failures: number;
  /** Epoch ms; the start of the process until its first success. */
  lastSuccessAt: number;
}

/** By the job's name. Shared, because pages and the server are separate bundles. */
export function jobFigures(): Map<string, JobFigures> {
  return shared("job figures", () => new Map<string, JobFigures>());
}

/** Counts a run of a job. */
export function countJobRun(name: string, succeeded: boolean, nowMs: number): void {
  const figures = jobFigures();
  const { failures, lastSuccessAt } = figures.get(name) ?? { failures: 0, lastSuccessAt: nowMs };
  figures.set(name, {
    failures: succeeded ? failures : failures + 1,
    lastSuccessAt: succeeded ? nowMs : lastSuccessAt,
  });
}
