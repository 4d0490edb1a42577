import { invalid } from "../../errors.ts";

/** Throws `invalid` for an expiry that has passed. */
export function requireFuture(expiresAt: number | null | undefined, nowMs: number): void {
  if (typeof expiresAt === "number" && expiresAt <= nowMs) {
    throw invalid("expiresAt", "Choose a time in the future.");
  }
}
