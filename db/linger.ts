/** No transaction of ours goes on for longer without a word: Postgres itself ends it. */
export const MAX_DRAIN_DELAY_MS = 15_000;
