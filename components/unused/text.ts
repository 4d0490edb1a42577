import { formatNumber, plural } from "#core/format.ts";

/** Unused keys. */
export const unusedText = {
  title: "Unused keys",
  facts: (days: number) => `Keys that were not used for ${plural(days, "day")} and are at least as old. `,
  policy: "Automate with a policy",
  noun: "keys",
  empty: {
    title: "No unused keys",
    body: (days: number) => `No key has been unused for ${plural(days, "day")}. Younger keys are not listed.`,
  },

  filters: {
    label: "Filter unused keys",
    unusedFor: "Unused for",
    days: "days",
    daysLabel: "Days without use",
    project: "Project",
    allProjects: "All projects",
    used: { label: "Ever used", any: "Ever used or not", once: "Used before", never: "Never used" },
    environment: { label: "Environment", any: "Live and test", live: "Live", test: "Test" },
    restricted: {
      label: "Restrictions",
      any: "Restricted or not",
      none: "Unrestricted",
      noApplication: "Without IP address, website or app",
      application: "With IP address, website or app",
    },
    sort: {
      label: "Order",
      longestUnused: "Longest unused first",
      recentlyUsed: "Most recently used first",
      oldest: "Oldest first",
      newest: "Newest first",
    },
  },

  columns: {
    key: "Key",
    project: "Project and owner",
    lastUsed: "Last used",
    apis: "APIs",
    exposure: "Exposure",
    actions: "Actions",
  },
  exemptUntil: "Exempt until",
  exemptBy: (reason: string, by: string) => `${reason} (${by})`,
  onlyProject: (project: string) => `Only keys of ${project}`,
  noOwner: "No owner",
  created: "created",
  enabledAgain: "enabled again",
  secretAge: (days: number) => `Secret ${plural(days, "day")} old`,

  selection: {
    page: "Select this page",
    row: (key: string, project: string) => `Select ${key} of ${project}`,
    none: (count: string, total: number) =>
      `${count} unused ${total === 1 ? "key" : "keys"}. Select the ones to revoke.`,
    all: (count: string) => `All ${count} selected, except exempt keys`,
    some: (count: number) => `${formatNumber(count)} selected`,
    selectAll: (count: string) => `Select all ${count}`,
    clear: "Clear selection",
    orMore: (count: number) => `${formatNumber(count)} or more`,
    revoke: "Preview revocation…",
  },

  exempt: {
    label: "Exempt…",
    about: (name: string) => `Exempt ${name}…`,
    title: (name: string) => `Exempt ${name}`,
    description: "Until then, the policy for unused keys and “Select all” skip this key.",
    reason: "Reason",
    reasonHint: "Shown with the exemption.",
    reasonExample: "Runs once a year, for the annual report",
    until: "Until",
    untilHint: "At most a year from now.",
    noDate: "Choose a date.",
    submit: "Exempt key",
    end: "End exemption",
    endAbout: (name: string) => `End exemption of ${name}`,
  },
};
