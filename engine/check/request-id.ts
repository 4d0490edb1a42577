import { randomBase62 } from "#core/tokens.ts";

const PROCESS = randomBase62(14);
let count = 0;

/** Unique but not secret. Every check needs one, so it uses no random bytes. */
export function nextRequestId(): string {
  count++;
  return `req_${PROCESS}${count.toString(36)}`;
}
