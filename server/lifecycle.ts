import { processSingleton } from "#platform/process-singleton.ts";
import { log } from "./log.ts";

interface Stop {
  name: string;
  run: () => Promise<void>;
}

interface Lifecycle {
  /** What is being started. */
  starts: Promise<void>[];
  stops: Stop[];
  isStopping: boolean;
}

const lifecycle = () =>
  processSingleton<Lifecycle>("lifecycle", () => ({ starts: [], stops: [], isStopping: false }));

/** Registers `run` to be called when the portal stops, after the last response; last registered, first called. */
export function onStop(name: string, run: () => Promise<void>): void {
  lifecycle().stops.push({ name, run });
}

/**
 * Runs `start`, which registers how to stop what it starts, unless the portal is stopping. A stop waits for it first:
 * otherwise the database would be closed before what `start` starts is registered.
 */
export async function startUnlessStopping(start: () => Promise<void>): Promise<void> {
  const { starts, isStopping } = lifecycle();
  if (isStopping) return;
  const starting = start();
  starts.push(starting);
  await starting;
}

/** Runs the registered functions, once. A failure is logged and does not stop the others. */
export async function runStops(): Promise<void> {
  const { starts, stops } = lifecycle();
  lifecycle().isStopping = true;
  // Its failure is reported by the caller that started it.
  await Promise.allSettled(starts);
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop.run();
    } catch (err) {
      log.error({ err, part: stop.name }, "a component failed to stop");
    }
  }
}
