import { plural } from "../ui/format.ts";

export const accountText = {
  title: "Account",
  administrator: "administrator",
  profile: "Profile",
  nameHint: "Shown to other users next to your actions.",
  email: {
    title: "Email address",
    verified: "Verified",
    unverified: "Not verified",
    noMail: "This portal can't send email. ",
    askAdmin: "Ask an administrator to change the address.",
    changeAsAdmin: "Change the address on your page in Admin",
    new: "New email address",
    hint: "We'll email it a link to confirm. Until then, nothing changes.",
    submit: "Send link",
    sent: (email: string) =>
      `We sent a link to ${email}. Open it in this browser within 30 minutes. Check the spam folder too.`,
  },
  providers: {
    title: "Sign-in providers",
    description: "A connected provider signs you in. It must have the email address of this account.",
    connected: "Connected",
    connect: "Connect",
    connectTo: (name: string) => `Connect ${name}`,
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
  tokens: {
    title: "Management tokens",
    description:
      "For scripts that manage projects and keys over HTTP. A token has your permissions, but can't manage users or tokens.",
    new: "New management token",
    empty: {
      title: "No management tokens",
      body: "Create one for a script that manages projects and keys over HTTP.",
    },
    scopes: {
      label: "Access",
      hint: "A token never has more permissions than you.",
      options: {
        full: "Everything except changing members",
        read: "Read only",
        chosen: "Selected permissions",
      },
      members: "Allow inviting people and changing project members",
      membersHint: "Owners of the project are notified of each change.",
      chosen: "Permissions",
      chosenHint: "Owners of a project are notified when a token changes its members.",
      parts: {
        projects: "Projects",
        members: "Members",
        keys: "Keys",
        usage: "Usage",
        audit: "Audit log",
        catalogue: "APIs",
        admin: "Administration",
      },
      actions: { read: "Read", write: "Write" },
      about: (part: string, action: string) => `${part}: ${action}`,
    },
    form: {
      title: "New management token",
      description:
        "A script with this token can do what you can do here, except manage users, tokens and ownership.",
      name: "Name",
      nameHint: "The script that will use the token, such as “nightly rotation”.",
      allowedIps: "Allowed IP addresses",
      allowedIpsHint: "IP addresses or networks from which the token works, one per line. Empty: everywhere.",
      submit: "Create token",
    },
    secretNoun: "management token",
    secretTitle: (name: string) => `Store the token of ${name}`,
    discarded: "The token stays valid and can only be revoked.",
  },
  stepUp: {
    title: "Confirm that it's you",
    description: "You signed in more than 15 minutes ago. Your input is kept.",
    password: "Your password",
    code: "Code",
    codeHint: "From your authenticator app, or a recovery code.",
    recoveryCode: "Recovery code",
    recoveryCodeHint: "One of those that you stored when you added your passkey.",
    passkey: "Use a passkey",
    submit: "Confirm",
    signInAgain:
      "You have no password to confirm with. Sign out, sign in again through your provider, and do this within 15 minutes.",
  },
  passkeys: {
    title: "Passkeys",
    description:
      "Sign in with your fingerprint, your face or the PIN of a device. A passkey works without your password, or as the second factor after it.",
    none: "You have no passkeys.",
    unavailable:
      "Passkeys need a portal with a host name and HTTPS. The operator of this portal can set it up.",
    unsupported: "This browser does not support passkeys.",
    synced: "Synced",
    oneDevice: "One device",
    added: "Added ",
    lastUsed: " · last used ",
    neverUsed: " · never used",
    add: {
      label: "Add passkey…",
      title: "Add a passkey",
      description:
        "Your browser asks where to store it: this device, a password manager, a phone or a security key.",
      name: "Name",
      nameHint: "Helps you distinguish your passkeys.",
      submit: "Continue",
    },
    rename: {
      label: "Rename…",
      about: (name: string) => `Rename ${name}…`,
      title: "Rename this passkey?",
      confirm: "Rename",
      effect: "The name is shown only to you.",
    },
    remove: {
      label: "Remove…",
      about: (name: string) => `Remove ${name}…`,
      title: (name: string) => `Remove ${name}?`,
      confirm: "Remove passkey",
      effect:
        "It no longer signs in here. Delete it on your device too. If it is your last second factor, your recovery codes stop working.",
    },
  },
  secondFactor: {
    title: "Authenticator app and recovery codes",
    description: "A code from an app, asked for after your password if you use no passkey.",
    none: "Not set up. Anyone who learns your password can sign in.",
    noApp: "No authenticator app.",
    since: "Authenticator app set up ",
    codesLeft: (codes: string) => `${codes} left.`,
    setUp: {
      label: "Set up authenticator app…",
      title: "Set up an authenticator app?",
      confirm: "Continue",
      effect:
        "You need an app such as Aegis, Google Authenticator or 1Password. From then on, sign-in asks for its code.",
      scanTitle: "Add this account to your app",
      scan: "Scan the QR code, then enter the code that the app shows.",
      qr: "QR code for the authenticator app",
      byHand: "Or enter this key in the app:",
      code: "Code from the app",
      codeHint: "6 digits.",
      submit: "Enable",
    },
    codes: {
      title: "Store your recovery codes",
      description:
        "Each replaces your second factor once if you lose it. Store them where you store passwords: they are not shown again.",
      label: "Recovery codes",
      done: "I stored them",
    },
    renew: {
      label: "New recovery codes…",
      title: "Create new recovery codes?",
      confirm: "Create codes",
      effect: "The earlier codes stop working.",
    },
    remove: {
      label: "Remove…",
      title: "Remove the authenticator app?",
      confirm: "Remove",
      effect:
        "Without a passkey, sign-in asks only for your password then, and your recovery codes stop working.",
    },
  },
  password: {
    title: "Password",
    provider: "You sign in through a provider, so there is no password to change.",
    current: "Current password",
    new: "New password",
    newHint:
      "At least 10 characters. You are signed out in all other browsers, and your management tokens are revoked.",
    submit: "Change password",
    changed: (revoked: number) =>
      revoked === 0
        ? "Password changed."
        : `Password changed. ${plural(revoked, "management token")} ${revoked === 1 ? "was" : "were"} revoked.`,
  },
  sessions: {
    title: "Sessions",
    description: "The browsers in which you are signed in.",
    thisBrowser: "This browser",
    unknownAddress: "unknown IP address",
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
        "All other sessions of yours end now. Do this if somebody else may know your password or have one of your devices.",
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
      "Your name and email address are removed everywhere, also from the audit log, which keeps an ID. Keys and projects stay with the other members.",
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
