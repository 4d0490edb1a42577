const SCOPES = ["short", "rest", "all"] as const;
type Scope = (typeof SCOPES)[number];

/**
 * How much of the long matrices runs. `short` (`npm test`): a sample of them. `all` (`npm run test:all`): every
 * combination. `rest`: what `short` leaves out and CI has time for, the second database.
 */
export const TEST_SCOPE: Scope = SCOPES.find((scope) => scope === process.env.TEST_SCOPE) ?? "short";
