import { CannotVouch } from "../fills.ts";

/** Rejects with `CannotVouch` what takes longer, for a reason in words: whoever asks for a verdict waits, too. */
export function within<T>(ms: number, work: Promise<T>, why: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CannotVouch(why)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
