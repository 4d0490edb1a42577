/** The page of all users' management tokens, and the policy for their lifetime. */
export const managementTokensText = {
  title: "Management tokens",
  facts: "The management tokens of all users. A token never has more permissions than its user.",
  withoutExpiry: "Management tokens without expiry",
  withoutExpiryFacts:
    "They work until they are revoked. Ask their users to rotate them: a rotated token expires, and the old secret can keep working for up to 30 days.",
  showAll: "Show all tokens",
  showWithoutExpiry: "Show tokens without expiry",
  user: "User",
  noun: "tokens",
  empty: { title: "No management tokens", body: "Users create management tokens for scripts." },
  emptyWithoutExpiry: "All management tokens expire",
  revokeAbout: (name: string, user: string) => `Revoke ${name} of ${user}…`,
  revokeTitle: (name: string, user: string) => `Revoke ${name} of ${user}?`,
  policy: {
    title: "Lifetime of management tokens",
    description:
      "Applies to tokens that are created or rotated from now on. Without a choice, a token expires after 90 days.",
    maxDays: "Maximum lifetime",
    maxDaysHint: "Leave empty for no limit: then users can create tokens without expiry.",
    none: "no limit",
    days: "days",
    saved: "Saved.",
  },
};
