import { plural } from "#core/format.ts";

/** The list of users, and the page of one user. */
export const usersText = {
  title: "Users",
  facts: "Everyone with an account on this site.",
  columns: {
    user: "User",
    role: "Site role",
    status: "Status",
    projects: "Projects",
    created: "Created",
    actions: "Actions",
  },
  you: "You",
  administrator: "Administrator",
  developer: "Developer",
  active: "Active",
  disabled: "Disabled",
  searchBy: "Name or email",
  noMatch: {
    title: "No matching users",
    body: "Search matches names and email addresses.",
    action: "Show all users",
  },
  noun: "users",
  enable: { label: "Enable", about: (name: string) => `Enable ${name}` },
  promote: {
    label: "Make administrator…",
    about: (name: string) => `Make administrator: ${name}…`,
    title: (name: string) => `Make ${name} an administrator?`,
    confirm: "Make administrator",
    effect:
      "Administrators can see all projects and keys, manage APIs and policies, and appoint administrators.",
  },
  demote: {
    label: "Make developer…",
    about: (name: string) => `Make developer: ${name}…`,
    title: (name: string) => `Make ${name} a developer?`,
    confirm: "Make developer",
    effect:
      "They keep access only to the projects they belong to. Open invitations that they may no longer send are withdrawn.",
  },
  disable: {
    label: "Disable…",
    about: (name: string) => `Disable ${name}…`,
    title: (name: string) => `Disable the account of ${name}?`,
    confirm: "Disable account",
    effect:
      "They are signed out everywhere, their management tokens are revoked permanently, and the open invitations they sent are withdrawn. Projects and keys do not change. You can enable the account again.",
  },
  invite: {
    button: "Invite user",
    title: "Invite a user",
    description:
      "They get a link to create an account with this email address. It works once, within seven days.",
    email: "Email",
    submit: "Invite",
    sentTitle: (email: string) => `Invited ${email}`,
    sent: "The link was sent by email.",
    linkTitle: (email: string) => `Send this link to ${email}`,
    link: "The link works once, within seven days, and is not shown again. If it gets lost, invite them again: the old link then stops working.",
  },

  user: {
    sessions: {
      section: "Sessions",
      description: "The browsers in which the user is signed in.",
      none: "Not signed in anywhere.",
      endAll: {
        label: "Sign out everywhere…",
        title: (name: string) => `Sign out ${name} everywhere?`,
        confirm: "Sign out everywhere",
        effect: "They must sign in again in every browser. Management tokens keep working.",
      },
    },
    factor: {
      section: "Second factor",
      description: "For users who lost their passkeys or authenticator app, and their recovery codes.",
      none: "Not set up.",
      has: ({ app, passkeys }: { app: boolean; passkeys: number }) =>
        [app ? "Authenticator app" : null, passkeys > 0 ? plural(passkeys, "passkey") : null]
          .filter(Boolean)
          .join(", "),
      label: "Reset second factor…",
      title: (name: string) => `Reset the second factor of ${name}?`,
      confirm: "Reset",
      effect:
        "Their passkeys, authenticator app and recovery codes stop working, and they are signed out everywhere. Sign-in asks only for their password until they set up a second factor again. Make sure that the request is theirs: talk to them. They are notified by email.",
    },
    deletion: {
      section: "Delete account",
      description: "Users delete their own account on their account page.",
      label: "Delete account…",
      title: (name: string) => `Delete the account of ${name}?`,
      confirm: "Delete account",
      effect:
        "Sessions, management tokens and second factors end now. The name and email address are removed everywhere, including from the audit log, which keeps an ID. Keys and projects stay. This can't be undone.",
    },
    email: {
      section: "Email address",
      description:
        "For users who lost access to their mailbox. With a mail server, others change it on their account page.",
      label: "Change email address…",
      title: (name: string) => `Change the email address of ${name}?`,
      field: "New email address",
      confirm: "Change address",
      effect:
        "They sign in with the new address from now on. It counts as not verified until they open a link that is mailed to it. Make sure that the request is theirs: anyone who reads this mailbox can reset their password. The old address is notified.",
    },
    reset: {
      section: "Password",
      description: "For users who forgot their password and can't get a link by email.",
      disabled: "This account is disabled. Enable it first.",
      label: "Reset password…",
      title: (email: string) => `Reset the password of ${email}?`,
      confirm: "Create link",
      effect:
        "They get a link to choose a new password. It works once, within 30 minutes. Using it signs them out everywhere and revokes their management tokens. Until then, nothing changes.",
      sentTitle: (email: string) => `Link sent to ${email}`,
      sent: "They can choose a new password within 30 minutes.",
      linkTitle: (email: string) => `Send this link to ${email}`,
      link: "It could not be sent by email. Anyone who has it can choose a new password for this account: hand it over in person or by a channel you trust. It works once, within 30 minutes, and is not shown again.",
    },
  },
};
