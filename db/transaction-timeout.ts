/** Postgres ends transactions that are idle, and statements that run, for longer than this. */
export const TRANSACTION_TIMEOUT_MS = 15_000;
