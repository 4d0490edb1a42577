import { shared } from "#platform/shared.ts";
import { log } from "./log.ts";

interface Stop {
  name: string;
  run: () => Promise<void>;
}

const stops = () => shared<Stop[]>("stops", () => []);

/** Has `run` called when the portal ends, after the last request was answered; the newest first. */
export function onStop(name: string, run: () => Promise<void>): void {
  stops().push({ name, run });
}

/** Runs what was registered, once. One that fails is logged and does not keep the others from running. */
export async function runStops(): Promise<void> {
  for (let stop = stops().pop(); stop; stop = stops().pop()) {
    try {
      await stop.run();
    } catch (err) {
      log.error({ err, part: stop.name }, "a part did not end well");
    }
  }
}
