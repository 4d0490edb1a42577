/** Security events that have no other place: nothing changed, so no change's audit row tells of them. */
export const NOTED_EVENTS = [
  "user.sign-in-failed",
  "user.confirmation-failed",
  "access.denied",
  "managementToken.rejected",
  "managementToken.used-from-new-address",
] as const;
export type NotedEvent = (typeof NOTED_EVENTS)[number];

/** Counts what a limit left out, of any event. */
export const LEFT_OUT = "security.events-left-out";

/** What the audit log records and the log tells as well: who may act, and who has come. */
const LOGGED_ACTION =
  /^(user|member|invitation|managementToken|serviceToken|first-admin|policies)\.|^project\.handed-over$/;

/** Whether a change is a security event, and so has a line in the log besides its audit row. */
export function isSecurityAction(action: string): boolean {
  return LOGGED_ACTION.test(action);
}

export interface SecurityEvent {
  event: NotedEvent;
  /** Whose events are limited together: a network, a user, a token. */
  source: string;
  /** What it is about: an account, a token. */
  subject: { id: string; name: string };
  /** Never a secret, nor anything as it was typed. */
  facts: Record<string, string | number | boolean | null>;
}
