import type { z } from "zod";
import { formatNumber } from "./format.ts";
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

export interface FieldError {
  /** The path in the input, as in `restrictions.apis.0.api`; empty for the whole input. */
  path: string;
  message: string;
}

/**
 * What a schema found in untrusted input, by path. `at` is the path of the checked value in the whole input. Each
 * unknown name is an error with the message `unknown`, the first 50 of an object.
 */
export function schemaErrors(
  issues: readonly z.core.$ZodIssue[],
  unknown: string,
  at: readonly string[] = [],
): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path.map(shownName)];
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message: messageOf(issue) }];
    return issue.keys
      .slice(0, MAX_LISTED_ERRORS)
      .map((name) => ({ path: [...path, shownName(name)].join("."), message: unknown }));
  });
}

/** What the schema says, or for the checks of a number that it leaves to Zod, the same in plain words. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0] ? messageOf(issue.issues[0]) : issue.message;
  if (!/^(Too (small|big)|Invalid input): expected (number|int)\b/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "too_small":
      return `${issue.inclusive ? "At least" : "More than"} ${formatNumber(Number(issue.minimum))}.`;
    case "too_big":
      return `${issue.inclusive ? "At most" : "Less than"} ${formatNumber(Number(issue.maximum))}.`;
    default:
      if (issue.message.endsWith("received NaN")) return "Give a number.";
      return issue.message.endsWith("expected int, received number") ? "Give a whole number." : issue.message;
  }
}
