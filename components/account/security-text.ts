/** The page of the user's own security events. */
export const securityText = {
  title: "Security events",
  facts:
    "Sign-ins, changes to your account, and your management tokens. Only you and administrators can see this.",
  link: "View security events",
  description: "Sign-ins, denied sign-ins, and changes to your account.",
  noun: "events",
  columns: { event: "Event", by: "By", address: "IP address", time: "Time" },
  empty: { title: "No security events", body: "Your sign-ins and changes to your account appear here." },
  by: { you: "You", visitor: "Someone who was not signed in", administrator: "An administrator" },
  notYou:
    "Don't recognize something? Change your password: it signs you out everywhere else and revokes your management tokens.",
  change: "Go to your account",
  events: {
    "user.created": "Account created",
    "user.signed-in": "Signed in",
    "user.sign-in-failed": "Sign-in denied",
    "user.confirmation-failed": "Wrong password or code in a confirmation",
    "user.signed-out": "Session ended",
    "user.signed-out-elsewhere": "All other sessions ended",
    "user.signed-out-everywhere": "All sessions ended",
    "user.sessions-ended": "Sessions ended",
    "user.password-changed": "Password changed",
    "user.password-reset": "Password reset",
    "user.reset-link-requested": "Link to reset the password requested",
    "user.reset-link-created": "Link to reset the password created",
    "user.email-change-requested": "Change of email address requested",
    "user.email-changed": "Email address changed",
    "user.second-factor-added": "Second factor set up",
    "user.second-factor-removed": "Second factor removed",
    "user.second-factors-reset": "Second factors reset",
    "user.second-factor-unreadable": "Code could not be checked",
    "user.recovery-codes-replaced": "Recovery codes replaced",
    "user.recovery-code-used": "Recovery code used",
    "user.identity-linked": "Provider linked",
    "user.credentials-ended": "Earlier credentials ended",
    "user.renamed": "Name changed",
    "user.role-changed": "Site role changed",
    "user.disabled": "Account disabled",
    "user.enabled": "Account enabled",
    "managementToken.created": "Management token created",
    "managementToken.rotated": "Management token rotated",
    "managementToken.secret-ended": "Old secret of a management token ended",
    "managementToken.revoked": "Management token revoked",
    "managementToken.leaked": "Management token found in public",
    "managementToken.rejected": "Management token rejected",
    "managementToken.used-from-new-address": "Management token used from a new network",
  } as Record<string, string>,
  /** Why something was denied, and how someone signed in, where the word in the audit log is not enough. */
  words: {
    "wrong-password": "wrong password",
    "wrong-code": "wrong code",
    "too-many-attempts": "too many attempts",
    disabled: "account disabled",
    revoked: "revoked",
    expired: "expired",
    replaced: "old secret after its overlap",
    address: "IP address not allowed",
    "user-disabled": "account disabled",
    password: "password",
    authenticator: "authenticator app",
    "recovery-code": "recovery code",
    github: "GitHub",
    "wrong-passkey": "passkey not accepted",
    "unknown-passkey": "unknown passkey",
    challenge: "passkey used too late or in another browser",
    counter: "passkey may have been copied",
    rejected: "passkey not accepted",
  } as Record<string, string>,
};

/** An event in words; its name in the audit log if this version does not know it. */
export function eventLabel(event: string): string {
  return securityText.events[event] ?? event;
}

/** A reason or the methods of a sign-in in words, or as the audit log has it. */
export function wordFor(value: string): string {
  return value
    .split(", ")
    .map((word) => securityText.words[word] ?? word)
    .join(", ");
}
