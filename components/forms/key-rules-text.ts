import { formatNumber, plural } from "#core/format.ts";
import type { RuleName } from "#domain/keys/lifecycle/rules/schema.ts";

/** The key rules, of the site and of a project. */
export const keyRulesText = {
  title: "Key rules",
  site: "For keys that are created or changed from now on, in every project. A project can set stricter ones.",
  project:
    "For keys of this project that are created or changed from now on. The site's rules apply as well.",
  exemptions: "View exemptions",
  maxLife: { live: "Maximum lifetime of a live key", test: "Maximum lifetime of a test key" },
  maxLifeHint: "From its creation. Empty for no limit.",
  days: "days",
  none: "No limit",
  namePattern: "Pattern of names",
  namePatternHint: "* matches any characters, ? exactly one.",
  expiryRequired: "Every key expires",
  descriptionRequired: "Every key has a description",
  externalIdRequired: "Every key has an external ID",
  approvalRequired: "An owner of the project approves every live key that a developer creates",
  existing: {
    label: "Existing keys that break a rule",
    hint: "Checked once a day. The maximum lifetime gives a key an end date; other rules disable it.",
    options: [
      { value: "keep", label: "Keep" },
      { value: "notify", label: "Notify owners" },
      { value: "disable", label: "Notify, then end" },
    ],
    notice: "Days of notice",
    noticeHint: "Between the notification of the owners and the end of the key; 7 to 365 days.",
  },
  preview: {
    show: "Preview",
    none: "All existing keys follow these rules.",
    partial: "More keys than this preview looks at. It shows the first 100,000.",
    keep: (count: number) =>
      `${plural(count, "key")} ${count === 1 ? "breaks" : "break"} a rule and will be kept`,
    notify: (count: number) => `Owners of ${plural(count, "key")} will be notified`,
    end: (count: number) => `${plural(count, "key")} will end after the notice`,
    more: (count: number) => `and ${formatNumber(count)} more`,
  },
  names: {
    maxLife: "exceeds the maximum lifetime",
    expiry: "does not expire",
    name: "name does not match",
    description: "no description",
    externalId: "no external ID",
  } satisfies Record<RuleName, string>,
  alert: {
    broken: "This key breaks these rules:",
    ends: "Unless changed, it is disabled on",
    exempt: "Exempt from the key rules until",
    by: (reason: string, by: string) => `${reason} (${by})`,
    action: "Exempt…",
    description: "Until then, the key rules skip this key, and its maximum lifetime does not end.",
    end: "End exemption",
  },
  saved: "Saved.",
};
