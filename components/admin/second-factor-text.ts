import { plural } from "#core/format.ts";

/** The policy for second factors, and the list of users without one. */
export const secondFactorText = {
  title: "Second factor",
  description:
    "Who needs a passkey or an authenticator app to use the portal, even after a sign-in through a provider. Users without one can only set one up: in open sessions from their next request, otherwise after their next sign-in. Management tokens keep working.",
  legend: "Required of",
  options: [
    { value: "optional", label: "Nobody", hint: "Users decide for themselves." },
    { value: "admins", label: "Administrators", hint: "Users with the site role administrator." },
    { value: "everyone", label: "Everyone", hint: "All users." },
  ] as const,
  missing: (count: number) =>
    count === 0
      ? "All of them have one."
      : `${plural(count, "account")} ${count === 1 ? "has" : "have"} none.`,
  view: "View users without one",
  users: {
    title: "Users without a second factor",
    facts: "Accounts that can sign in and have neither a passkey nor an authenticator app.",
    showAll: "Show all users",
    none: "All users have a second factor",
  },
};
