import type { Environment } from "#core/verdict.ts";

/** Separate from the texts of keys, because pages of requests load it too. */
export const ENVIRONMENT_TEXT: Record<Environment, string> = { live: "Live", test: "Test" };
