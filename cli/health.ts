import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** When a process counts as hanging. */
export interface HealthPolicy {
  /** Between two checks, ms. */
  intervalMs: number;
  /** For one answer, ms. */
  timeoutMs: number;
  /** So many checks in a row without an answer. */
  failures: number;
  /** How long a new process may take until its first answer, ms. */
  startupMs: number;
}

export const HEALTH_POLICY: HealthPolicy = {
  intervalMs: 5_000,
  timeoutMs: 10_000,
  failures: 3,
  startupMs: 60_000,
};

/** One process of a supervisor, as its health check sees it. */
interface Watched {
  /** Undefined while it is being started. */
  readonly pid: number | undefined;
  /** Monotonic, ms. */
  readonly startedAt: number;
  restart(): Promise<void>;
}

/**
 * Asks a process that has become ready at `liveUrl` until `signal` aborts, and restarts it when it runs but does
 * not answer: because it hangs, or because it has no file left for another connection.
 */
export async function watchHealth(
  child: Watched,
  liveUrl: string,
  { policy, signal, report }: { policy: HealthPolicy; signal: AbortSignal; report: (line: string) => void },
): Promise<void> {
  let watched = child.pid;
  let answered = true;
  let failures = 0;
  while (!signal.aborted) {
    const { pid } = child;
    if (pid !== watched) [watched, answered, failures] = [pid, false, 0];
    if (pid !== undefined) {
      if (await isLive(liveUrl, policy.timeoutMs)) [answered, failures] = [true, 0];
      else if (answered || performance.now() - child.startedAt > policy.startupMs) failures++;
      if (failures >= policy.failures && child.pid === pid && !signal.aborted) {
        report(`runs but did not answer ${liveUrl} ${failures} times in a row; restarting it`);
        await child.restart();
        continue;
      }
    }
    await sleep(policy.intervalMs, undefined, { signal }).catch(() => {});
  }
}

/** Whether it answers 200 on a new connection: an old one would work when no new ones do. */
function isLive(url: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => resolve(false));
  });
}
