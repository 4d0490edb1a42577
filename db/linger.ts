/** No transaction of ours goes on for longer without a word: Postgres itself ends it. */
export const LINGER_MOST_MS = 15_000;
