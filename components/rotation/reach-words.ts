import type { Propagation } from "#domain/keys/propagation/read.ts";
import { formatSeconds } from "../ui/format.ts";

/** What is known of a change's way to the verifiers. */
export interface ReachState {
  reach: Propagation | null;
  /** Since the change was answered, ms. */
  tookMs: number;
  /** Nobody is asked any more. */
  over: boolean;
}

/** "Refused everywhere after 0.2 s, 3 of 3 verifiers." `what` is refused. */
export function reachWords(what: string, { reach, tookMs, over }: ReachState): string {
  if (reach === null) return over ? "How far it came could not be read." : "Telling the verifiers…";
  const { verifiers, reached } = reach;
  if (verifiers === 0) return `${what} is refused. No verifier runs: the portal answers checks itself.`;
  const count = `${reached} of ${verifiers} verifier${verifiers === 1 ? "" : "s"}`;
  if (reached >= verifiers) return `${what} is refused everywhere after ${formatSeconds(tookMs)}, ${count}.`;
  return over
    ? `${count} know of it. One that can't be reached stops answering by itself; see the verifiers.`
    : `Telling the verifiers: ${count} so far…`;
}
