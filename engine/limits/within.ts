import { VerdictUnavailable } from "../cache/fill-gate.ts";

/** Rejects with `CannotVouch` what takes longer, for a reason in words: whoever asks for a verdict waits, too. */
export function withTimeout<T>(ms: number, work: Promise<T>, why: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new VerdictUnavailable(why)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
