import { randomBase62 } from "#core/tokens.ts";

const PROCESS = randomBase62(14);
const BASE = 36;
/** The last two digits. Those before are the same for 1,296 ids, so that most ids need no conversion. */
const ENDINGS = Array.from({ length: BASE ** 2 }, (_, n) => n.toString(BASE).padStart(2, "0"));
let start = "";
let count = 0;

/** Unique but not secret. Every check needs one, so it uses no random bytes. */
export function nextRequestId(): string {
  const ending = count % ENDINGS.length;
  if (ending === 0) start = `req_${PROCESS}${(count / ENDINGS.length).toString(BASE)}`;
  count++;
  return start + ENDINGS[ending];
}
