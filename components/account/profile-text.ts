import { plural } from "#core/format.ts";

/** The texts of the forms for name, email address, password and providers, and of a new token. */
export const profileText = {
  token: {
    noun: "management token",
    title: (name: string) => `Store the token of ${name}`,
    discarded: "The token stays valid and can only be revoked.",
  },
  nameHint: "Shown to other users next to your actions.",
  email: {
    verified: "Verified",
    unverified: "Not verified",
    noMail: "This portal can't send email. ",
    askAdmin: "Ask an administrator to change the address.",
    atProvider: (name: string) => `You sign in with ${name}, so your email address can't be changed here.`,
    changeAsAdmin: "Change the address on your page in Admin",
    new: "New email address",
    hint: "We'll email it a link to confirm. Until then, nothing changes.",
    submit: "Send link",
    sent: (email: string) =>
      `We sent a link to ${email}. Open it in this browser within 30 minutes. Check the spam folder too.`,
  },
  providers: {
    connected: "Connected",
    connect: "Connect",
    connectTo: (name: string) => `Connect ${name}`,
  },
  password: {
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
};
