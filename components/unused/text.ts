import type { Sweep, SweptKey } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { formatNumber, plural } from "../ui/format.ts";

/** Unused keys, and their revocation in bulk. */
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
    reasonHint: "Shown to other administrators.",
    reasonExample: "Runs once a year, for the annual report",
    until: "Until",
    untilHint: "At most a year from now.",
    noDate: "Choose a date.",
    submit: "Exempt key",
    end: "End exemption",
    endAbout: (name: string) => `End exemption of ${name}`,
  },
};

/** Revocations in bulk. */
export const sweepText = {
  title: "Bulk revocation",
  previewTitle: "Preview of the revocation",
  listTitle: "Bulk revocations",
  listDescription: "Each can be undone for 30 days.",
  states: {
    preview: "Preview",
    running: "Revoking",
    done: "Done",
    undoing: "Restoring",
    undone: "Undone",
  } satisfies Record<Sweep["state"], string>,

  form: {
    title: (count: number | null) =>
      count === null ? "Revoke all matching keys" : `Revoke ${plural(count, "key")}`,
    description: "You first see a preview of the keys. Nothing is revoked until you confirm it there.",
    reason: "Reason",
    reasonHint: "Shown to the owners and kept in the audit log of each key.",
    reasonExample: "Not used for 90 days",
    submit: "Show preview",
  },

  progress: {
    label: { running: "Keys revoked", undoing: "Keys restored" },
    done: (done: number, of: number) =>
      `${formatNumber(done)} of ${formatNumber(of)}. It continues if you leave this page.`,
  },

  notice: "Nothing is revoked yet. A key that is used before you confirm is skipped and listed.",
  willBeRevoked: "Will be revoked",
  revoked: "Revoked",
  projects: "Projects whose owners are notified",
  unusedFor: "Unused for",
  days: (days: number) => plural(days, "day"),
  reason: "Reason",
  previewedBy: "Previewed by",
  confirmedBy: "Confirmed by",
  undoneBy: "Undone by",
  undoableUntil: "Can be undone until",

  keys: {
    title: "Keys",
    label: "Keys of this revocation",
    columns: { key: "Key", project: "Project", lastUsed: "Last used", status: "Status" },
    states: {
      waiting: "To be revoked",
      revoked: "Revoked",
      used: "Skipped",
      failed: "Failed",
      restored: "Restored",
    } satisfies Record<SweptKey["state"], string>,
  },
  skipped: {
    title: "Skipped",
    label: "Skipped keys",
    description: (used: number, failed: number) =>
      `${formatNumber(used)} used since the preview, ${formatNumber(failed)} failed for another reason.`,
  },

  revoke: {
    label: (keys: number) => `Revoke ${plural(keys, "key")}…`,
    title: (keys: number) => `Revoke ${plural(keys, "key")}?`,
    confirm: (keys: number) => `Revoke ${plural(keys, "key")}`,
    effect: "They are denied within a second, and their owners are notified of the reason.",
    undo: "You can undo this for 30 days.",
  },
  undo: {
    label: "Undo…",
    title: (keys: number) => `Restore ${plural(keys, "key")}?`,
    confirm: (keys: number) => `Restore ${plural(keys, "key")}`,
    effect: "They work again with their previous secrets. Their owners are notified.",
    leaked: "Leaked keys stay disabled if the policy for leaked keys requires it.",
  },
};
