import type { MailKind } from "#core/brand/mail-template.ts";

/** Every kind of mail: its name, when it is sent, and an example of what it says. */
const mails: Record<MailKind, { label: string; when: string; subject: string; text: string }> = {
  invitation: {
    label: "Invitation",
    when: "Someone is invited to the portal or to a project.",
    subject: "Invitation to a project",
    text: "Ada Okafor invites you to work on the API keys of the project Checkout.\n\nOpen this link within 7 days to accept:\nhttps://keys.example.com/invite?token=…\n\nIf you did not expect this email, ignore it.",
  },
  "sign-up": {
    label: "Sign-up",
    when: "Someone asks for an account.",
    subject: "Create your account",
    text: "Someone, probably you, asked to sign up with this email address. Create your account within 7 days:\nhttps://keys.example.com/sign-up?token=…",
  },
  "password-reset": {
    label: "Password reset",
    when: "Someone asks for a link to choose a new password.",
    subject: "Reset your password",
    text: "Someone, probably you, asked for this link to choose a new password for your account. It works once, within 30 minutes:\nhttps://keys.example.com/reset-password?token=…",
  },
  "password-changed": {
    label: "Password changed",
    when: "A password was reset with a link.",
    subject: "Your password was changed",
    text: "The password of your account was reset with a one-time link. You are signed out everywhere.",
  },
  "email-change": {
    label: "Email change",
    when: "Someone asks to change their email address: to the former and the new address.",
    subject: "Confirm your new email address",
    text: "You asked to use this email address for your account. Open this link in the browser in which you are signed in:\nhttps://keys.example.com/confirm-email?token=…",
  },
  "email-changed": {
    label: "Email changed",
    when: "An email address was changed: to the former address.",
    subject: "Your email address was changed",
    text: "You changed the email address of your account to ada@example.com. You sign in with the new address from now on.",
  },
  "second-factor": {
    label: "Second factor",
    when: "A second factor was added, removed or used to recover an account.",
    subject: "Your second factor changed",
    text: "An authenticator app was added to your account.\n\nIf this was not you, ask an administrator for help, and reset your password.",
  },
  "account-deleted": {
    label: "Account deleted",
    when: "An account was deleted.",
    subject: "Your account was deleted",
    text: "Your account was deleted. You are signed out everywhere, and your management tokens no longer work.",
  },
  "token-leaked": {
    label: "Token leaked",
    when: "A management token or service token was found in public.",
    subject: "The management token deploy was found in public",
    text: "The management token deploy (lk_mgt_Ab12…wxyz) was found in public.\n\nIt was revoked. Create another token where it is still needed.",
  },
  notification: {
    label: "Notification",
    when: "Something happened to a key or a project: to its owners and developers.",
    subject: "checkout server expires in 7 days · Checkout",
    text: "checkout server expires in 7 days.\n\nAfter that it stops working. Set a later end date, or create another key.\n\nProject: Checkout\n\nhttps://keys.example.com/projects/…",
  },
};

/** The templates of emails. */
export const mailsText = {
  kinds: "Kinds of email",
  list: mails,
  changed: "changed",
  subject: "Subject",
  intro: "Introduction",
  introHint: "Before the text.",
  footer: "Footer",
  footerHint: "After the text. A line whose placeholder has no value is left out.",
  placeholders: "Placeholders",
  placeholderList: {
    company: "the company name",
    portal: "the address of the portal",
    support: "the support link",
    email: "the recipient",
    subject: "the subject that the portal suggests",
  },
  preview: "Preview",
  from: "From",
  to: "To",
  fixed: "The text between introduction and footer, with its link, can't be changed.",
  save: "Save email",
  reset: "Reset to default",
  saved: "Saved.",
  wasReset: "Reset.",
  noMail: "No mail server is configured, so the portal sends no email yet. Set SMTP_URL and MAIL_FROM.",
};
