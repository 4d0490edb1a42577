import { readFileSync } from "node:fs";

/**
 * Loaded before a deployment's code. Adds the offset in a file to the system time, so that a journey can skip months.
 * Timers and the monotonic clock are unchanged.
 */
const file = process.env.E2E_CLOCK_FILE ?? "";
const RealDate = Date;
const realNow = Date.now;

function now(): number {
  return realNow() + Number(readFileSync(file, "utf8"));
}

class MovedDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    super(...((given.length === 0 ? [now()] : given) as [number]));
  }
  static override now = now;
  // Next.js wraps `Date` again and copies its own properties.
  static override parse = RealDate.parse;
  static override UTC = RealDate.UTC;
}

globalThis.Date = MovedDate as DateConstructor;
