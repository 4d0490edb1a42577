import { watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "./build.ts";
import { Child, type ChildSpec } from "./child.ts";
import { HEALTH_POLICY, watchHealth } from "./health.ts";
import { CliError, errorLine } from "./output.ts";

export interface ProcessSpec extends ChildSpec {
  /** Answers 200 when the process is ready to work. */
  readyUrl: string;
  /** Answers 200 while the process responds. A process that stops answering is restarted. */
  liveUrl: string;
  /** Runs before the process starts. The other processes don't wait for it. Stops working when `signal` aborts. */
  prepare?: (signal: AbortSignal) => Promise<void>;
  /** Whether the other processes run on without this one if `prepare` fails. By default all are stopped. */
  isOptional?: boolean;
  /** Time limit for becoming ready, ms. */
  readyTimeoutMs?: number;
  /** Source folders whose changes restart the process. */
  restartOnChange?: readonly string[];
  /** Runs before such a restart. If it fails, that is reported, and the process is restarted all the same. */
  beforeRestart?: () => Promise<void>;
}

const READY_POLL_MS = 60;
const READY_TIMEOUT_MS = 60_000;

/**
 * Runs the processes until SIGINT, SIGTERM or SIGHUP, then stops all of them and resolves. A process that exits or
 * hangs is restarted without affecting the others. Throws `CliError` if one never becomes ready. `onReady` is called
 * once all are ready.
 */
export async function supervise(
  specs: ProcessSpec[],
  onReady: () => Promise<void>,
  policy = HEALTH_POLICY,
): Promise<void> {
  const width = Math.max(...specs.map((spec) => spec.name.length));
  const print = (name: string, line: string) => process.stderr.write(`${name.padEnd(width)} | ${line}\n`);
  const running = specs.map((spec) => ({ spec, child: new Child(spec, (line) => print(spec.name, line)) }));
  const ended = Promise.withResolvers<void>();
  const ready = new Set<Child>();

  for (const { child } of running) {
    child.onExit = (reason) => {
      if (!ready.has(child)) {
        ended.reject(new CliError(`the ${child.name} could not start: it ${reason}`));
        return false;
      }
      print(child.name, `${reason}; restarting it`);
      return true;
    };
  }
  // The terminal sends Ctrl-C to the whole process group and npm passes it on as well: only the first signal counts.
  const onSignal = () => ended.resolve();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);

  const stopped = new AbortController();
  const { signal } = stopped;
  const launch = async ({ spec, child }: (typeof running)[number]) => {
    try {
      await spec.prepare?.(signal);
    } catch (error) {
      if (!spec.isOptional || signal.aborted) throw error;
      process.exitCode = 1;
      print(spec.name, `${errorLine(error)}; the other processes run on without it`);
      await new Promise<never>(() => {});
    }
    if (signal.aborted) return untilReady(spec, signal);
    child.start();
    await untilReady(spec, signal);
    ready.add(child);
    const report = (line: string) => print(child.name, line);
    void watchHealth(child, spec.liveUrl, { policy, signal, report });
    watchSources(spec.restartOnChange ?? [], signal, async () => {
      report("its code has changed; restarting it");
      await spec.beforeRestart?.().catch((error: unknown) => report(errorLine(error)));
      await child.reload();
    });
  };
  const becameReady = Promise.all(running.map(launch)).then(onReady);
  becameReady.catch((error: unknown) => ended.reject(error));
  try {
    await ended.promise;
  } finally {
    stopped.abort();
    await Promise.all(running.map(({ child }) => child.stop()));
  }
}

async function untilReady(spec: ProcessSpec, signal: AbortSignal): Promise<void> {
  const timeoutMs = spec.readyTimeoutMs ?? READY_TIMEOUT_MS;
  const deadline = performance.now() + timeoutMs;
  while (!signal.aborted) {
    const response = await fetch(spec.readyUrl, { signal }).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
    if (performance.now() > deadline) {
      throw new CliError(`the ${spec.name} did not answer at ${spec.readyUrl} within ${timeoutMs / 1000} s`);
    }
    await sleep(READY_POLL_MS);
  }
  // Stopped before it was ready: `onReady` must never run.
  await new Promise<never>(() => {});
}

/** Editors write a file in several steps, and a checkout changes many files. */
const DEBOUNCE_MS = 150;

/** Code, and the migrations with their list. */
const SOURCE = /(?<!\.test)\.ts$|\.sql$|_journal\.json$/;

/** Calls `onChange` after a source file in `folders` has changed, until `signal` aborts. Test files are ignored. */
export function watchSources(
  folders: readonly string[],
  signal: AbortSignal,
  onChange: () => Promise<void>,
): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(join(ROOT, folder), { recursive: true, signal }, (_event, name) => {
      if (name === null || !SOURCE.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void onChange(), DEBOUNCE_MS);
    });
  }
  signal.addEventListener("abort", () => clearTimeout(timer));
}
