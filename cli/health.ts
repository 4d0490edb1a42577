import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** When a process counts as unresponsive. */
export interface HealthPolicy {
  /** Time between two checks, ms. */
  intervalMs: number;
  /** Time limit of one check, ms. */
  timeoutMs: number;
  /** Failed checks in a row that lead to a restart. */
  failures: number;
  /** Time that a new process has until its first successful check, ms. */
  startupMs: number;
}

export const HEALTH_POLICY: HealthPolicy = {
  intervalMs: 5_000,
  timeoutMs: 10_000,
  failures: 3,
  startupMs: 60_000,
};

/** A supervised process. */
interface Target {
  /** Undefined while the process is being started. */
  readonly pid: number | undefined;
  /** Monotonic clock, ms. */
  readonly startedAt: number;
  restart(): Promise<void>;
}

/**
 * Checks `liveUrl` of a ready process until `signal` aborts. Restarts a process that runs but does not answer: it
 * hangs, or it has no file descriptor left for a new connection.
 */
export async function watchHealth(
  child: Target,
  liveUrl: string,
  { policy, signal, report }: { policy: HealthPolicy; signal: AbortSignal; report: (line: string) => void },
): Promise<void> {
  let lastPid = child.pid;
  let answered = true;
  let failures = 0;
  while (!signal.aborted) {
    const { pid } = child;
    if (pid !== lastPid) [lastPid, answered, failures] = [pid, false, 0];
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

/** Whether the process answers 200 on a new connection. A reused connection could work when new ones fail. */
function isLive(url: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => resolve(false));
  });
}
