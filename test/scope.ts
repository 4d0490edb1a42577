const SCOPES = ["short", "rest", "all"] as const;
type Scope = (typeof SCOPES)[number];

/**
 * How much of the long matrices runs. `short` (`npm test`): a sample of them. `all` (`npm run test:all`): every
 * combination. `rest`: what `short` leaves out and CI has time for, the second database.
 */
export const TEST_SCOPE: Scope = SCOPES.find((scope) => scope === process.env.TEST_SCOPE) ?? "short";

const PARTS = ["computing", "waiting"] as const;
export type TestPart = (typeof PARTS)[number];

/**
 * `npm test` runs Vitest twice at the same time: `waiting` has the files that wait for processes and timeouts most of the
 * time, `computing` the others. A run by hand has both.
 */
export const TEST_PART: TestPart | undefined = PARTS.find((part) => part === process.env.TEST_PART);
