import { formatNumber } from "#core/format.ts";

export const provisioningText = {
  title: "Provisioning",
  facts:
    "An identity provider creates and disables accounts here by SCIM 2.0, and signs people in by OpenID Connect.",
  new: "New SCIM token",
  noun: "SCIM token",
  endpoint: {
    title: "Set up the identity provider",
    description: "Enter these at the provider.",
    url: "SCIM base URL",
    copy: (label: string) => `Copy: ${label}`,
    callback: (name: string) => `Redirect URL for ${name}`,
    logout: (name: string) => `Back-channel logout URL for ${name}`,
  },
  tokens: {
    title: "SCIM tokens",
    columns: {
      name: "Name",
      manages: "Users of",
      status: "Status",
      lastUsed: "Last used",
      created: "Created",
      actions: "Actions",
    },
    createdBy: (name: string) => ` by ${name}`,
    anyProvider: "Any provider",
    managesAdmins: "Can change administrators' email addresses",
    providerChanged: "Provider changed",
    providerChangedHint: "It has another issuer now. Create a token for it.",
    empty: {
      title: "No SCIM tokens yet",
      body: "Anyone who has a SCIM token can create and disable accounts. Create one for each identity provider.",
    },
    revoke: {
      label: "Revoke…",
      about: (name: string) => `Revoke ${name}…`,
      title: (name: string) => `Revoke ${name}?`,
      confirm: "Revoke token",
      effect:
        "The identity provider can no longer create, change or disable accounts. Accounts and groups stay. This can't be undone.",
    },
  },
  form: {
    title: "New SCIM token",
    description: "The identity provider sends it with every request.",
    name: "Name",
    nameHint: "The provider that will use the token, such as “Entra ID”.",
    provider: "Users of",
    providerHint:
      "The token manages only users and groups that it or another token of this provider created.",
    anyProvider: "Any provider",
    managesAdmins: "Can change email addresses of administrators",
    managesAdminsHint:
      "With another address, someone can sign in as the administrator through a provider. Leave this off if addresses of administrators rarely change.",
    submit: "Create token",
  },
  secretTitle: (name: string) => `Store the token of ${name}`,
  discarded: "The token stays valid and can only be revoked.",
  groups: {
    title: "Groups",
    facts: "Members of a group with the role administrator are administrators as long as they are in it.",
    columns: { name: "Group", members: "Members", role: "Site role", actions: "Actions" },
    members: (count: number) => formatNumber(count),
    roles: { admin: "Administrator", none: "None" },
    empty: {
      title: "No groups yet",
      body: "Groups appear here when the identity provider sends them.",
    },
    grant: {
      label: "Make administrators…",
      about: (name: string) => `Make the members of ${name} administrators…`,
      title: (name: string) => `Make the members of ${name} administrators?`,
      confirm: "Make administrators",
      effect: (members: number) =>
        `${members === 1 ? "1 member becomes an administrator" : `${formatNumber(members)} members become administrators`} now, and everyone who joins the group later. From then on, the identity provider decides who is in it.`,
    },
    end: {
      label: "End role…",
      about: (name: string) => `End the role of ${name}…`,
      title: (name: string) => `End the role of ${name}?`,
      confirm: "End role",
      effect:
        "Members who are administrators through this group become developers, unless another group grants the role.",
    },
  },
};
