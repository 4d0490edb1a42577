/** The page of all management tokens, and the policy for their lifetime. */
export const managementTokensText = {
  title: "Management tokens",
  facts:
    "The management tokens of all users and projects. A token never has more permissions than its user, or than its role in its project.",
  withoutExpiry: "Management tokens without expiry",
  withoutExpiryFacts:
    "They work until they are revoked. Ask their owners to rotate them: a rotated token expires, and the old secret can keep working for up to 30 days.",
  showAll: "Show all tokens",
  showWithoutExpiry: "Show tokens without expiry",
  owner: "Belongs to",
  ofProject: (name: string) => `Project ${name}`,
  empty: { title: "No management tokens", body: "Users and projects have management tokens for scripts." },
  emptyWithoutExpiry: "All management tokens expire",
  revokeAbout: (name: string, user: string) => `Revoke ${name} of ${user}…`,
  revokeTitle: (name: string, user: string) => `Revoke ${name} of ${user}?`,
  policy: {
    title: "Lifetime of management tokens",
    description:
      "Applies to tokens that are created or rotated from now on. Without a choice, a token expires after 90 days.",
    maxDays: "Maximum lifetime",
    maxDaysHint: "Leave empty for no limit: then users can create tokens without expiry.",
    none: "No limit",
    days: "days",
    saved: "Saved.",
  },
};
