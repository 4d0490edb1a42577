import { tokensText } from "./text.ts";

const { expiry: text } = tokensText;
/** As on the server. */
const DEFAULT_DAYS = 90;

/** What the form of a token offers as its expiry. */
export interface ExpiryChoice {
  /** The label of the first option, which leaves the expiry to the server. */
  byDefault: string;
  /** Whether "never" is a further option. */
  never: boolean;
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
}

/** A new or rotated management token, within the policy's maximum. */
export function managementExpiry(maxDays: number | null): ExpiryChoice {
  const days = Math.min(DEFAULT_DAYS, maxDays ?? DEFAULT_DAYS);
  return { byDefault: text.days(days), never: maxDays === null, maxDays };
}

/** A new service token. */
export const SERVICE_EXPIRY: ExpiryChoice = { byDefault: text.never, never: false, maxDays: null };

/** A rotated service token. */
export const SERVICE_ROTATION: ExpiryChoice = { byDefault: text.unchanged, never: true, maxDays: null };
