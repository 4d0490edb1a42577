/** No verdict is certain: the client gets 503 instead of a guess (docs/operate/failures.md). */
export class VerdictUnavailable extends Error {
  override readonly name = "VerdictUnavailable";
}

/** Rejects with `VerdictUnavailable` and the reason `why` if `work` takes longer than `ms`. */
export function withTimeout<T>(ms: number, work: Promise<T>, why: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new VerdictUnavailable(why)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
