/** What is known already, or will be: facts in memory must not cost a turn of the event loop. */
export type Maybe<T> = T | Promise<T>;

/** Goes on with the value, at once when it is there. */
export function whenKnown<T, U>(value: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
