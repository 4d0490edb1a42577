/** Security events without a change, so without an audit row of a change. */
export const RECORDED_EVENTS = [
  "user.sign-in-failed",
  "user.confirmation-failed",
  "user.second-factor-unreadable",
  "access.denied",
  "managementToken.rejected",
  "managementToken.used-from-new-address",
  "scimToken.rejected",
] as const;
export type RecordedEvent = (typeof RECORDED_EVENTS)[number];

/** Action: how many events of one kind a limit omitted. */
export const EVENTS_OMITTED = "security.events-left-out";

/** Audit actions that are also security events: about who has access, and sign-ins. */
const LOGGED_ACTION =
  /^(user|member|invitation|managementToken|serviceToken|scimToken|scimGroup|first-admin|policies)\.|^project\.handed-over$/;

/** Whether an audit action is a security event, and therefore also a log line. */
export function isSecurityAction(action: string): boolean {
  return LOGGED_ACTION.test(action);
}

export interface SecurityEvent {
  event: RecordedEvent;
  /** What the limit applies to: a network, a user or a token. */
  source: string;
  /** The account or token concerned. */
  subject: { id: string; name: string };
  /** Never a secret, and never unprocessed user input. */
  facts: Record<string, string | number | boolean | null>;
}
