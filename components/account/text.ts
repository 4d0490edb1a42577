/** Texts of the account page that only the server renders. Forms and dialogs, which the browser loads, have their own. */
export const accountText = {
  title: "Account",
  administrator: "administrator",
  profile: "Profile",
  email: {
    title: "Email address",
  },
  providers: {
    title: "Sign-in providers",
    description: "A connected provider signs you in. It must have the email address of this account.",
  },
  tokens: {
    title: "Management tokens",
    description:
      "For scripts that manage projects and keys over HTTP. A token has your permissions, but can't manage users or tokens.",
    new: "New management token",
    empty: {
      title: "No management tokens",
      body: "Create one for a script that manages projects and keys over HTTP.",
    },
  },
  passkeys: {
    title: "Passkeys",
    description:
      "Sign in with your fingerprint, your face or the PIN of a device. A passkey works without your password, or as the second factor after it.",
  },
  secondFactor: {
    title: "Authenticator app and recovery codes",
    description: "A code from an app, asked for after your password if you use no passkey.",
  },
  password: {
    title: "Password",
    provider: "You sign in through a provider, so there is no password to change.",
  },
  notifications: {
    title: "Email notifications",
    description: "Sends your notifications by email too: a key expires, is revoked or leaks.",
    unavailable: "No mail server is configured. You get notifications in the portal only.",
    enabled: (email: string) => `Enabled, sent to ${email}`,
    disabled: "Disabled",
    enable: "Enable",
    disable: "Disable",
  },
  sessions: {
    title: "Sessions",
    description: "The browsers in which you are signed in.",
    thisBrowser: "This browser",
    unknownIpAddress: "unknown IP address",
    lastSeen: " · last seen ",
    signedIn: " · signed in ",
    otherProgram: "Another program",
    signOut: {
      label: "Sign out…",
      about: (browser: string, address: string) => `Sign out ${browser} at ${address}…`,
      title: "Sign out this browser?",
      confirm: "Sign out",
      effect: "Its user must sign in again. If this was not you, change your password too.",
    },
    signOutElsewhere: {
      label: "Sign out other browsers…",
      title: "Sign out all other browsers?",
      confirm: "Sign out other browsers",
      effect:
        "All your other sessions end now. Do this if someone else may know your password or have one of your devices.",
    },
    signOutEverywhere: {
      label: "Sign out everywhere…",
      title: "Sign out everywhere?",
      confirm: "Sign out everywhere",
      effect: "You must sign in again in every browser, including this one. Management tokens keep working.",
    },
  },
  deletion: {
    title: "Delete account",
    effect:
      "Your name and email address are removed everywhere, including from the audit log, which keeps an ID. Keys and projects stay with the other members.",
    onlyAdmin: "You are the only administrator. Make another user an administrator first.",
    onlyOwner: "These projects would have no owner. Make another member an owner, or delete them first:",
    label: "Delete account…",
    question: "Delete your account?",
    confirm: "Delete account",
    warning:
      "You are signed out everywhere, and your management tokens and second factors end now. This can't be undone.",
  },
  credentialsEnded: {
    before: (email: string) =>
      `This account existed before you signed in through a provider, and nobody had verified ${email}. Because someone else may have created it, its password, sessions, management tokens and open invitations were revoked, and its project tokens and webhooks were ended `,
    review: "Review your projects",
    after: ": their members and keys did not change. Remove people you don't know, and rotate the keys.",
    confirm: "Got it",
  },
};
