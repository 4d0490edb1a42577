import type { z } from "zod";
import { sanitize } from "./sanitize.ts";

/** Errors that a response lists at most: a body can have a hundred thousand. */
export const MAX_LISTED_ERRORS = 50;

/**
 * A name from a request as a message repeats it: at most 64 characters, all of them visible, and no token, because a
 * secret may have been sent as a name by mistake.
 */
export function shownName(name: PropertyKey): string {
  return sanitize(String(name), 64);
}

/**
 * What a schema found in untrusted input, by path. Each unknown name is an error with the message `unknown`, the first 50
 * of an object.
 */
export function schemaErrors(
  issues: readonly z.core.$ZodIssue[],
  unknown: string,
): { path: string; message: string }[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(shownName);
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message: issue.message }];
    return issue.keys
      .slice(0, MAX_LISTED_ERRORS)
      .map((name) => ({ path: [...path, shownName(name)].join("."), message: unknown }));
  });
}
