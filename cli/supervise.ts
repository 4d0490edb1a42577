import { setTimeout as sleep } from "node:timers/promises";
import { Child, type ChildSpec } from "./child.ts";
import { HEALTH_POLICY, watchHealth } from "./health.ts";
import { CliError } from "./output.ts";

export interface Supervised extends ChildSpec {
  /** Answers 200 once the process does its work. */
  readyUrl: string;
  /** Answers 200 as long as the process works at all. One that does not is restarted. */
  liveUrl: string;
}

const READY_POLL_MS = 60;
const READY_WITHIN_MS = 60_000;

/**
 * Runs the processes side by side until a signal ends them all. One that falls over or hangs is started again
 * without touching the others; one that never became ready ends the whole start. `onReady` is called once
 * all answer. Resolves when all have ended in good order.
 */
export async function supervise(
  specs: Supervised[],
  onReady: () => Promise<void>,
  policy = HEALTH_POLICY,
): Promise<void> {
  const width = Math.max(...specs.map((spec) => spec.name.length));
  const print = (name: string, line: string) => process.stderr.write(`${name.padEnd(width)} | ${line}\n`);
  const children = specs.map((spec) => new Child(spec, (line) => print(spec.name, line)));
  const stopAll = () => Promise.all(children.map((child) => child.stop()));
  const ended = Promise.withResolvers<void>();
  let ready = false;

  for (const child of children) {
    child.onFall = (how) => {
      if (!ready) {
        ended.reject(new CliError(`the ${child.name} could not start: it ${how}`));
        return false;
      }
      print(child.name, `${how}; starting it again`);
      return true;
    };
  }
  // npm passes Ctrl-C on although the terminal has sent it already: only the first one counts.
  const onSignal = () => ended.resolve();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);

  for (const child of children) child.start();
  const given = new AbortController();
  const becameReady = Promise.all(specs.map((spec) => answers(spec, given.signal))).then(async () => {
    ready = true;
    for (const [at, child] of children.entries()) {
      const report = (line: string) => print(child.name, line);
      void watchHealth(child, specs[at]?.liveUrl ?? "", { policy, signal: given.signal, report });
    }
    await onReady();
  });
  becameReady.catch((error: unknown) => ended.reject(error));
  try {
    await ended.promise;
  } finally {
    given.abort();
    await stopAll();
  }
}

async function answers(spec: Supervised, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!signal.aborted) {
    const response = await fetch(spec.readyUrl, { signal }).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
    if (performance.now() > deadline) {
      throw new CliError(
        `the ${spec.name} did not answer at ${spec.readyUrl} within ${READY_WITHIN_MS / 1000} s`,
      );
    }
    await sleep(READY_POLL_MS);
  }
  // Ended before it was ready: never tell that it was.
  await new Promise<never>(() => {});
}
