import { processSingleton } from "#platform/process-singleton.ts";
import { log } from "./log.ts";

interface Stop {
  name: string;
  run: () => Promise<void>;
}

const stops = () => processSingleton<Stop[]>("stops", () => []);

/** Registers `run` to be called when the portal stops, after the last response; last registered, first called. */
export function onStop(name: string, run: () => Promise<void>): void {
  stops().push({ name, run });
}

/** Runs the registered functions, once. A failure is logged and does not stop the others. */
export async function runStops(): Promise<void> {
  for (let stop = stops().pop(); stop; stop = stops().pop()) {
    try {
      await stop.run();
    } catch (err) {
      log.error({ err, part: stop.name }, "a component failed to stop");
    }
  }
}
