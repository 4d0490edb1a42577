/** A value or a promise of it. Checks that are answered from memory must not wait for the event loop. */
export type MaybePromise<T> = T | Promise<T>;

/** Calls `next` with the value: synchronously if it is available, else when the promise resolves. */
export function chain<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/**
 * Maps `of` over the items. Synchronous if every result is. An error rejects the result, after `of` was called for all
 * items.
 */
export function chainAll<T, U>(
  items: readonly T[],
  of: (item: T, index: number) => MaybePromise<U>,
): MaybePromise<U[]> {
  let isSync = true;
  const found = items.map((item, index) => {
    const result = rejectOnThrow(() => of(item, index));
    if (result instanceof Promise) isSync = false;
    return result;
  });
  return isSync ? (found as U[]) : Promise.all(found);
}

/** Calls `of`; a synchronous error becomes a rejected promise. */
export function rejectOnThrow<U>(of: () => MaybePromise<U>): MaybePromise<U> {
  try {
    return of();
  } catch (error) {
    return Promise.reject(error);
  }
}
