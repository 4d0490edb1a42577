import { z } from "zod";

/** Limits on what a caller may create or send, so that nobody exhausts the deployment (docs/operate/bounds.md). */
export interface Bounds {
  /** Projects that one user owns. */
  projectsPerUser: number;
  /** Keys of a project that are not revoked. */
  keysPerProject: number;
  /** Keys of a project that are revoked and can still be restored. */
  revokedKeysPerProject: number;
  /** Members of a project, open invitations included. */
  membersPerProject: number;
  /** Management tokens of a user that are not revoked. */
  tokensPerUser: number;
  /** Management tokens of a project that are not revoked. */
  tokensPerProject: number;
  webhooksPerProject: number;
  /** Invitations that a user sends in 24 hours. */
  invitationsPerDay: number;
  /** APIs of the deployment. */
  apis: number;
  /** Service tokens that are not revoked. */
  serviceTokens: number;
  /** Restrictions of a key, `restrictions` and `trial` together, as canonical JSON, bytes. */
  restrictionBytes: number;
  /** Entries of each of the two sets. */
  restrictionEntries: number;
  /** The body of a list response or a page, bytes. */
  responseBytes: number;
  /** Management calls a minute with one credential. */
  callsPerMinute: number;
  /** Management calls a minute from one IP address without a valid credential. */
  anonymousCallsPerMinute: number;
}

const count = (fallback: number, max: number) => {
  const rule = `must be a whole number from 1 to ${max}`;
  return z.coerce.number(rule).int(rule).min(1, rule).max(max, rule).default(fallback);
};

/** The rules for the settings of the bounds, by name. */
export const boundSettings = {
  LATCHKEY_MAX_PROJECTS_PER_USER: count(100, 1_000_000),
  LATCHKEY_MAX_KEYS_PER_PROJECT: count(10_000, 10_000_000),
  LATCHKEY_MAX_REVOKED_KEYS_PER_PROJECT: count(10_000, 10_000_000),
  LATCHKEY_MAX_MEMBERS_PER_PROJECT: count(500, 100_000),
  LATCHKEY_MAX_TOKENS_PER_USER: count(50, 10_000),
  LATCHKEY_MAX_TOKENS_PER_PROJECT: count(50, 10_000),
  LATCHKEY_MAX_WEBHOOKS_PER_PROJECT: count(10, 1_000),
  LATCHKEY_MAX_INVITATIONS_PER_DAY: count(100, 100_000),
  LATCHKEY_MAX_APIS: count(1_000, 100_000),
  LATCHKEY_MAX_SERVICE_TOKENS: count(1_000, 100_000),
  LATCHKEY_MAX_RESTRICTIONS_KB: count(64, 1_024),
  LATCHKEY_MAX_RESTRICTION_ENTRIES: count(1_000, 1_000),
  LATCHKEY_MAX_RESPONSE_KB: count(1_024, 65_536),
  LATCHKEY_API_CALLS_PER_MINUTE: count(600, 1_000_000),
  LATCHKEY_ANONYMOUS_CALLS_PER_MINUTE: count(60, 1_000_000),
};

type BoundSettings = z.output<z.ZodObject<typeof boundSettings>>;

/** The bounds for parsed settings; settings in KiB become bytes. */
export function boundsOf(settings: BoundSettings): Bounds {
  return {
    projectsPerUser: settings.LATCHKEY_MAX_PROJECTS_PER_USER,
    keysPerProject: settings.LATCHKEY_MAX_KEYS_PER_PROJECT,
    revokedKeysPerProject: settings.LATCHKEY_MAX_REVOKED_KEYS_PER_PROJECT,
    membersPerProject: settings.LATCHKEY_MAX_MEMBERS_PER_PROJECT,
    tokensPerUser: settings.LATCHKEY_MAX_TOKENS_PER_USER,
    tokensPerProject: settings.LATCHKEY_MAX_TOKENS_PER_PROJECT,
    webhooksPerProject: settings.LATCHKEY_MAX_WEBHOOKS_PER_PROJECT,
    invitationsPerDay: settings.LATCHKEY_MAX_INVITATIONS_PER_DAY,
    apis: settings.LATCHKEY_MAX_APIS,
    serviceTokens: settings.LATCHKEY_MAX_SERVICE_TOKENS,
    restrictionBytes: settings.LATCHKEY_MAX_RESTRICTIONS_KB * 1_024,
    restrictionEntries: settings.LATCHKEY_MAX_RESTRICTION_ENTRIES,
    responseBytes: settings.LATCHKEY_MAX_RESPONSE_KB * 1_024,
    callsPerMinute: settings.LATCHKEY_API_CALLS_PER_MINUTE,
    anonymousCallsPerMinute: settings.LATCHKEY_ANONYMOUS_CALLS_PER_MINUTE,
  };
}

/** The bounds of a deployment without these settings. */
export const DEFAULT_BOUNDS: Bounds = boundsOf(z.object(boundSettings).parse({}));
