/** What is known already, or will be: facts in memory must not cost a turn of the event loop. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with the value, at once when it is there. */
export function chain<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** What `of` makes of each, at once when all of it is there. What is thrown for one is told when all are done with. */
export function chainAll<T, U>(
  items: readonly T[],
  of: (item: T, index: number) => MaybePromise<U>,
): MaybePromise<U[]> {
  let isKnown = true;
  const found = items.map((item, index) => {
    const one = attempt(() => of(item, index));
    if (one instanceof Promise) isKnown = false;
    return one;
  });
  return isKnown ? (found as U[]) : Promise.all(found);
}

/** The same, with what is thrown as a rejection. */
export function attempt<U>(of: () => MaybePromise<U>): MaybePromise<U> {
  try {
    return of();
  } catch (error) {
    return Promise.reject(error);
  }
}
