import { formatNumber, plural } from "#core/format.ts";
import type { ProjectRole } from "#db/tables/projects.ts";

export const membersText = {
  title: "Members",
  facts: (members: number) => plural(members, "member"),
  invited: (count: number) => (count > 0 ? `${formatNumber(count)} invited` : null),
  columns: { member: "Member", role: "Role", since: "Member since", actions: "Actions" },
  you: "You",
  onlyOwner: "Only owner",
  roles: {
    viewer: { name: "Viewer", may: "Can see keys and usage." },
    developer: { name: "Developer", may: "Can also create, change and revoke keys, and enable APIs." },
    owner: { name: "Owner", may: "Can also manage members and delete the project." },
  } satisfies Record<ProjectRole, { name: string; may: string }>,
  roleField: "Role",

  ownRole: "You are a",
  askOwners: (owners: string) =>
    `Only owners can see and manage members. To change your role, ask an owner: ${owners}.`,

  changeRole: {
    label: "Change role…",
    about: (name: string) => `Change role of ${name}…`,
    title: (name: string) => `Change the role of ${name}?`,
    confirm: "Change role",
    effect: "The new role applies to their next request.",
    ownerEffect: " If they are no longer an owner, the open invitations they sent are withdrawn.",
  },
  remove: {
    label: "Remove…",
    about: (name: string) => `Remove ${name}…`,
    title: (name: string) => `Remove ${name} from this project?`,
    confirm: "Remove member",
    effect:
      "They lose access to this project, and the open invitations they sent are withdrawn. Keys they created keep working, because keys belong to the project.",
  },
  leave: {
    label: "Leave…",
    about: "Leave this project…",
    title: (project: string) => `Leave ${project}?`,
    confirm: "Leave project",
    effect:
      "You lose access until an owner invites you again. Keys you created keep working; open invitations you sent are withdrawn.",
  },
  transfer: {
    title: "Transfer ownership",
    description: "Make another member the owner. You stay as a developer.",
    label: "Transfer ownership…",
    confirm: "Transfer ownership",
    question: "Transfer ownership?",
    newOwner: "New owner",
    effect:
      "You can't undo this: only the new owner can make you an owner again. Open invitations you sent are withdrawn.",
  },

  invite: {
    button: "Invite member",
    title: "Invite a member",
    description: "They get a link that works once, within seven days, for this email address only.",
    email: "Email",
    submit: "Invite",
    sentTitle: (email: string) => `Invited ${email}`,
    sent: "The link was sent by email. The invitation is listed under pending invitations.",
    linkTitle: (email: string) => `Send this link to ${email}`,
    linkBefore: "The link works once, until ",
    linkAfter:
      ", and is not shown again. If it gets lost, invite them again: the old link then stops working.",
  },
  invitations: {
    title: "Pending invitations",
    description: "Each link works once, as long as the person who sent it is allowed to invite.",
    columns: {
      email: "Email",
      role: "Role",
      invitedBy: "Invited by",
      expires: "Expires",
      actions: "Actions",
    },
    withdraw: "Withdraw",
    withdrawAbout: (email: string) => `Withdraw invitation for ${email}`,
  },
};
