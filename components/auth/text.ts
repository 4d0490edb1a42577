import { plural } from "#core/format.ts";

export const authText = {
  email: "Email",
  password: "Password",
  or: "or",
  incorrect: "Incorrect email or password.",
  continueWith: (provider: string) => `Continue with ${provider}`,
  providersNeedScript: "These buttons need JavaScript, which is disabled in your browser.",
  signIn: {
    title: "Sign in",
    passwordChanged:
      "Your password was changed, and you were signed out everywhere. Sign in with the new one.",
    submit: "Sign in",
    passkey: "Sign in with a passkey",
    invite: "No account? Ask an administrator or a project owner to invite you.",
    noAccount: "No account? ",
    signUp: "Sign up",
    foundKey: "Found a key?",
    forgot: "Forgot password?",
    portalError: "Sign-in failed because of an error in the portal. Try again.",
    providerError: "The provider did not let you in, or the sign-in took too long. Try again.",
  },
  factor: {
    title: "Enter your code",
    body: "Open your authenticator app and enter the code for this portal.",
    code: "Code",
    codeHint: "6 digits, or one of your recovery codes.",
    submit: "Continue",
    lost: "No app and no recovery code? An administrator can reset your second factor.",
    passkeyTitle: "Confirm that it's you",
    passkeyBody: "Use your passkey, or enter a recovery code.",
    passkeyOrCode: "Use your passkey, or enter a code from your authenticator app.",
    passkey: "Use a passkey",
    recoveryCode: "Recovery code",
    recoveryCodeHint: "You got ten of them when you added your passkey.",
    lostPasskey: "No passkey and no recovery code? An administrator can reset your second factor.",
    restart: "Sign in as someone else",
  },
  forgotPassword: {
    title: "Reset your password",
    body: "We'll email you a link to choose a new one.",
    noMail: "This portal can't send email. Ask an administrator for a link to reset your password.",
    operatorBefore: "On the server, ",
    operatorCommand: "npm run -s latchkey -- user reset-password --email …",
    operatorAfter: " prints one.",
    back: "Back to sign-in",
  },
  resetPassword: {
    title: "Choose a new password",
    body: (email: string) =>
      `For ${email}. You will be signed out everywhere, and your management tokens will be revoked.`,
    password: "New password",
    passwordHint: "At least 10 characters. Length matters more than special characters.",
    submit: "Set new password",
    done: (revoked: number) =>
      revoked === 0
        ? "Your password was changed, and you were signed out everywhere."
        : `Your password was changed. You were signed out everywhere, and ${plural(revoked, "management token")} ${revoked === 1 ? "was" : "were"} revoked: create new ones for your scripts.`,
    passkeysStay: (count: number) =>
      `Your ${plural(count, "passkey")} still ${count === 1 ? "signs" : "sign"} in. If someone else had access to your account, open Account and remove those that you don't know.`,
    signIn: "Sign in",
    invalidLink: "The link was used or has expired. Ask for a new one on the sign-in page.",
  },
  setUpFactor: {
    title: "Set up a second factor",
    body: "This portal requires a second factor for your account. Until you have set it up, you can't do anything else here.",
    passkey: "A passkey is quickest: your fingerprint, your face or the PIN of this device.",
    app: "Or use an app on your phone that shows a code.",
    onlyApp: "Use an app on your phone that shows a code.",
    signOut: "Sign out",
  },
  confirmEmail: {
    title: "Confirm your new email address",
    body: (email: string) =>
      `You will sign in with ${email} from now on. Your other browsers are signed out.`,
    endsCredentials:
      "Your current address was never verified, so your password, passkeys, authenticator app, linked providers and management tokens end. We email you a link to choose a new password.",
    signInFirst: "Sign in with your current email address first. Then this link changes it.",
    signIn: "Sign in",
    submit: "Use this address",
    invalidLink:
      "The link was used, has expired or belongs to another account. Ask for a new one on your account page.",
  },
  signUp: {
    title: "Sign up",
    byInvitation: "Invitation required",
    byInvitationBody:
      "To create an account, you need an invitation from an administrator or a project owner. ",
    instead: "Sign in instead",
    domains: (domains: string) => `For email addresses at ${domains}. `,
    noMail:
      "This portal can't send email, so it can't verify your address. Sign up through a provider, or ask an administrator.",
    invalidLink: "The link was used, was withdrawn or has expired. Ask the person who sent it for a new one.",
    denied: "You can't create an account with this link",
    create: "Create your account",
    submit: "Create account",
    name: "Your name",
    nameHint: "Shown to other users next to your actions.",
    emailHint: "The link is for this address.",
    passwordHint: "At least 10 characters. Length matters more than special characters.",
  },
  /** The forms that send a link by email. `before` and `after` surround the address. */
  emailLink: {
    submit: "Send link",
    signUp: { before: "We sent an email to ", after: ". Open the link in it to continue." },
    passwordReset: {
      before: "If there is an account with the email address ",
      after: ", we sent it a link. It works once, within 30 minutes. Check the spam folder too.",
    },
  },
  setup: {
    title: "Create the first administrator",
    body: "Administrators manage APIs and service tokens, and can see all projects.",
    submit: "Create administrator",
    noAdminBefore:
      "This portal has no administrator yet. Open the link that it printed when it was started. As long as nobody has, ",
    deadLinkBefore:
      "The link was used, was replaced by a newer one or is older than a day. As long as there is no administrator, ",
    deadLinkCommand: "npm run -s latchkey -- link",
    deadLinkAfter: " on the server prints a new one.",
  },
  invite: {
    title: "Invitation",
    join: (project: string) => `Join ${project}`,
    invites: (invitedBy: string, invited: string, role: string) =>
      `${invitedBy} invites ${invited} to the project as ${role}.`,
    you: "you",
    signIn: "Sign in and join",
    signUp: "Create account and join",
    otherAccount: (email: string, current: string) =>
      `The invitation is for ${email}, but you are signed in as ${current}.`,
    switch: "Sign out and use the other account",
    submit: "Join project",
    invalidLink: "The link was used, was withdrawn or has expired. Ask the project's owner for a new one.",
  },
  invalidLink: { title: "This link no longer works", action: "Go to sign-in" },
  foundKey: {
    title: "Found a key?",
    body: "Report it here, and its owners are notified immediately. You don't need an account, and we ask for nothing else.",
    key: "The key",
    keyHint: "The key alone, or the lines that contain it. It is looked up and not stored.",
    where: "Where you found it",
    whereHint: "A URL or a short description.",
    submit: "Report key",
    thanks: "Thank you.",
  },
};
