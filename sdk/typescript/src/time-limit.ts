import { TimedOutError } from "./post.ts";

/**
 * The result of `work`, whose signal aborts with `TimedOutError` after `ms`, or when `other` does. Rejects with the
 * reason of that, even if `work` ignores its signal, as a service's own `fetch` can.
 */
export async function withinTime<Value>(
  ms: number,
  other: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  // Not `AbortSignal.any`: many versions of Node keep its signals in memory for as long as `other` exists.
  const controller = new AbortController();
  const { signal } = controller;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const timer = setTimeout(() => controller.abort(new TimedOutError()), ms);
  const abort = () => controller.abort(other?.reason);
  if (other?.aborted) abort();
  other?.addEventListener("abort", abort);
  try {
    return await Promise.race([work(signal), aborted]);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    other?.removeEventListener("abort", abort);
  }
}
