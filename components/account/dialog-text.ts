// The texts of dialogs: like these, they are loaded when one opens.

/** The texts of the dialog that creates a management token. */
export const tokenText = {
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
};

/** The texts of the dialog that confirms who the user is. */
export const stepUpText = {
  title: "Confirm that it's you",
  description: "You signed in more than 15 minutes ago. Your input is kept.",
  password: "Your password",
  code: "Code",
  codeHint: "From your authenticator app, or a recovery code.",
  recoveryCode: "Recovery code",
  recoveryCodeHint: "One of the codes that you stored when you added your passkey.",
  passkey: "Use a passkey",
  submit: "Confirm",
  signInAgain:
    "You have no password to confirm with. Sign out, sign in again through your provider, and do this within 15 minutes.",
};

/** The texts of the dialog that adds a passkey. */
export const passkeyDialogText = {
  title: "Add a passkey",
  description:
    "Your browser asks where to store it: this device, a password manager, a phone or a security key.",
  name: "Name",
  nameHint: "Helps you distinguish your passkeys.",
  submit: "Continue",
};

/** The texts of the dialog that connects an authenticator app. */
export const totpDialogText = {
  title: "Add this account to your app",
  description: "Scan the QR code, then enter the code that the app shows.",
  qr: "QR code for the authenticator app",
  byHand: "Or enter this key in the app:",
  code: "Code from the app",
  codeHint: "6 digits.",
  submit: "Enable",
};

/** The texts of the dialog that shows recovery codes once. */
export const recoveryCodesText = {
  title: "Store your recovery codes",
  description:
    "If you lose your second factor, each code works once in its place. Store the codes where you store passwords: they are not shown again.",
  label: "Recovery codes",
  done: "I stored them",
};
