import { formatNumber, plural } from "#core/format.ts";

const keys = (count: number, one: string, many: string) =>
  `${plural(count, "key")} ${count === 1 ? one : many}`;

/** The page of policies. */
export const policiesText = {
  title: "Policies",
  facts: "Requirements for the keys of all projects, for users and for management tokens.",

  application: {
    title: "Live keys need an application restriction",
    description:
      "New live keys must be restricted to IP addresses, websites or apps, and the last of these restrictions can't be removed. Test keys are exempt. Existing keys do not change; those without a restriction are listed.",
    allHave: "All live keys have one.",
    without: (count: number) => `${plural(count, "live key")} ${count === 1 ? "has" : "have"} none`,
    inactive: (count: number) => `, ${formatNumber(count)} of them disabled or expired`,
    enabled: "Enabled",
    disabled: "Disabled",
    enable: "Enable",
    disable: "Disable",
    enableTitle: "Enable this policy?",
    disableTitle: "Disable this policy?",
    confirmEnable: "Enable policy",
    confirmDisable: "Disable policy",
    enableEffect: "From now on, live keys need a restriction to IP addresses, websites or apps.",
    disableEffect: "New live keys can then be created without an application restriction.",
    existing: (count: number) =>
      count === 0
        ? "All live keys have one already."
        : `${plural(count, "live key")} ${count === 1 ? "has" : "have"} none and will not change.`,
  },

  unused: {
    title: "Unused keys",
    description:
      "Checked once a day. The time starts again when a key is used, restored or enabled. Exempt keys and keys of suspended projects are skipped. If owners are notified, nothing else happens before that.",
    view: "View unused keys",
    steps: [
      {
        name: "warnDays",
        label: "Notify owners after",
        hint: "Once per key, and at least a week before any other step.",
      },
      {
        name: "disableDays",
        label: "Disable after",
        hint: "Only an administrator can enable the key again.",
      },
      {
        name: "revokeDays",
        label: "Revoke after",
        hint: "An administrator can restore the key for 30 days.",
      },
    ] as const,
    never: "Never",
    days: "days",
    saved: "Saved. The policy runs once a day.",
    preview: "Preview today's effect",
    noEffect: "Today, the policy would not change any key.",
    effect: "If the policy ran today:",
    warn: (count: number) =>
      keys(count, "would have its owners notified", "would have their owners notified"),
    disableStep: (count: number) => keys(count, "would be disabled", "would be disabled"),
    revokeStep: (count: number) => keys(count, "would be revoked", "would be revoked"),
    waiting: (count: number) =>
      keys(
        count,
        "would be disabled or revoked a week after its owners are notified, unless it is used",
        "would be disabled or revoked a week after their owners are notified, unless they are used",
      ),
    unusedSince: (project: string) => `${project}, last used `,
    more: (count: number) => `and ${formatNumber(count)} more`,
  },

  leaks: {
    title: "Leaked keys",
    before:
      "The owners of a key that is found in public are always notified, with the place where it was found. Reports come from GitHub, your own scanners and ",
    page: "/found-a-key",
    after: ".",
    environments: [
      { name: "live", label: "Live keys" },
      { name: "test", label: "Test keys" },
    ] as const,
    notify: "Notify owners",
    notifyAndDisable: "Notify owners and disable the key",
    toNotify: "Notify only",
    toDisable: "Disable leaked keys",
    about: (action: string, keysOf: string) => `${action}: ${keysOf.toLowerCase()}`,
  },
};
