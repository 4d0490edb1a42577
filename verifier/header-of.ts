import type { IncomingMessage } from "node:http";

/**
 * The first header of that name (in lower case), as `req.headers` has it of those that may come once only. That
 * one reads all headers into an object, for the two of a check that are needed.
 */
export function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const each = rawHeaders[at];
    if (each?.length === name.length && each.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}
