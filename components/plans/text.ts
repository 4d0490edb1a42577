import { formatDecimal, formatNumber, plural } from "#core/format.ts";
import type { PlanLimit, PlanPrice, PlanTerms } from "#core/plans/terms.ts";
import { rateText } from "../limits/text.ts";
import { formatDate } from "../ui/format-time.ts";

const NO_PRICE = "No price";

/** "49 EUR per month, 0.60 EUR per 1,000 extra units". */
export function priceText(price: PlanPrice | null): string {
  if (price === null) return NO_PRICE;
  const { currency, monthly, perThousand } = price;
  const parts = [
    Number(monthly) > 0 ? `${formatDecimal(monthly)} ${currency} per month` : "",
    Number(perThousand) > 0 ? `${formatDecimal(perThousand)} ${currency} per 1,000 extra units` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "Free of charge";
}

/** "50 units per second for export.*". */
export function limitText({ operations, rate, quota }: PlanLimit): string {
  const amount = rate
    ? rateText(rate)
    : quota
      ? `${plural(quota.limit, "unit")} per calendar ${quota.period}`
      : "No limit";
  return operations === null ? amount : `${amount} for ${operations}`;
}

/** What the price includes, and what happens beyond. */
export function includedText({
  includedUnits,
  overage,
}: Pick<PlanTerms, "includedUnits" | "overage">): string {
  if (includedUnits === null) return "All units included";
  const included = `${plural(includedUnits, "unit")} included per calendar month`;
  return overage === "block"
    ? `${included}; further requests are denied`
    : `${included}; extra units are allowed`;
}

/** "20 units for export.*". */
export function unitsText(pattern: string, units: number): string {
  return units === 0 ? `${pattern} is free` : `${plural(units, "unit")} per request of ${pattern}`;
}

/** "Jan 1, 2027 UTC": terms change at midnight UTC. */
function utcDate(at: string): string {
  return `${formatDate(Date.parse(at), "UTC")} UTC`;
}

/** The texts of plans. */
export const plansText = {
  title: "Plans",
  manage: "Plans",
  add: "Add plan",
  edit: (name: string) => `Edit ${name}`,
  editLabel: "Edit",
  facts: "Limits and prices for projects that use this API. The portal takes no payments.",
  none: {
    title: "No plans yet",
    body: "A plan sets limits and a price for the projects that choose it. Without plans, only the limits of the projects and keys apply.",
  },
  projects: (count: number) => plural(count, "project"),
  version: (version: number) => `Version ${formatNumber(version)}`,
  private: "Private",
  archived: "Archived",
  approval: "Needs approval",
  current: "Current plan",
  trial: (days: number) => `First ${plural(days, "day")} free of charge`,
  form: {
    name: "Name",
    slug: "Slug",
    slugHint: "Identifies the plan in the API. It can't be changed later.",
    description: "Description",
    visibility: "Visibility",
    public: "Public: members of projects can choose it",
    private: "Private: administrators give it to projects",
    approval: "Each subscription needs an administrator's approval",
    limits: "Limits",
    limitsHint: "A request must be within all limits. Leave the operations empty for all of them.",
    limitColumns: ["Name", "Operations", "Units", "Time"],
    limitName: (number: number) => `Name of limit ${number}`,
    operations: (number: number) => `Operations of limit ${number}`,
    amount: (number: number) => `Units of limit ${number}`,
    span: (number: number) => `Period of limit ${number}`,
    spans: {
      1: "per second",
      60: "per minute",
      3600: "per hour",
      86400: "in any 24 hours",
      day: "per calendar day",
      month: "per calendar month",
    },
    otherSpan: (seconds: number) => `per ${formatNumber(seconds)} seconds`,
    addLimit: "Add limit",
    removeLimit: (number: number) => `Remove limit ${number}`,
    noLimits: "No limits.",
    preview: "Preview",
    units: "Units per operation",
    unitsHint:
      "One pattern and its units on each line: export.* 20. A request of any other operation costs 1 unit; 0 is free.",
    includedUnits: "Included units per month",
    includedHint: "Leave empty if all units are included.",
    overage: "Beyond the included units",
    block: "Deny requests",
    allow: "Allow requests",
    trialDays: "Trial days",
    trialHint: "Leave empty for no trial.",
    currency: "Currency",
    currencyHint: "A code such as EUR. Leave empty for no price.",
    monthly: "Price per month",
    perThousand: "Price per 1,000 extra units",
    takesEffect: "When do subscribers get the changed terms?",
    create: "Create plan",
    save: "Save plan",
  },
  takesEffect: {
    now: "Now",
    "period-end": "At the end of the calendar month (UTC)",
  },
  planned: (version: number, at: string) =>
    `Version ${formatNumber(version)} is planned for ${utcDate(at)}. The form shows its terms, and changed terms replace it.`,
  remove: {
    label: "Delete plan…",
    title: (name: string) => `Delete ${name}?`,
    confirm: "Delete plan",
    effect: "A plan can be deleted only if no project has ever been on it.",
  },
  archive: {
    label: "Archive…",
    title: (name: string) => `Archive ${name}?`,
    confirm: "Archive plan",
    effect: "Projects can no longer choose this plan. Projects that are on it keep it.",
    undo: "Unarchive",
  },
  versions: "Versions",
  versionsFrom: (at: string) => `in effect from ${utcDate(at)}`,
  versionReplaced: "replaced before it took effect",
  subscribers: "Projects on this plan",
  noSubscribers: "No project is on this plan.",
  since: (at: string) => `since ${utcDate(at)}`,
  from: (at: string) => `from ${utcDate(at)}`,
  overridden: "Custom terms",
  more: "Only the first 50 are shown.",
  override: {
    for: (project: string) => `Custom terms of ${project}`,
    facts: (plan: string, api: string) => `Replaces terms of the plan ${plan} of ${api} for this project.`,
    link: "Edit custom terms",
    linkLabel: (project: string) => `Edit custom terms of ${project}`,
    none: {
      title: "No plan",
      body: "Only a project that is on a plan can have custom terms. Choose a plan for it first.",
    },
    ofPlan: (plan: string) => `Terms of ${plan}`,
    add: "Custom terms",
    edit: "Custom terms",
    reason: "Reason",
    reasonHint: "Shown to the project.",
    endsAt: "Last day (UTC)",
    endsAtHint: "Leave empty if the terms apply as long as the project is on the plan.",
    noDate: "Choose a date.",
    nothing: "These are already the terms of the plan. Change at least one.",
    save: "Save custom terms",
    remove: {
      label: "Remove custom terms…",
      title: "Remove the custom terms?",
      confirm: "Remove custom terms",
      effect: "The terms of the plan apply within a second.",
    },
  },
  choose: {
    title: (api: string) => `Plans of ${api}`,
    facts: "Prices are information from the API's provider.",
    none: { title: "No plans to choose from", body: "This API works without a plan." },
    enable: (plan: string) => `Enable with ${plan}`,
    request: (plan: string) => `Request ${plan}`,
    choose: (plan: string) => `Choose ${plan}…`,
    change: (plan: string) => `Change to ${plan}…`,
    enableTitle: (api: string, plan: string) => `Enable ${api} with ${plan}?`,
    chooseTitle: (plan: string) => `Choose ${plan}?`,
    changeTitle: (plan: string) => `Change to ${plan}?`,
    when: "When",
    confirm: "Choose plan",
    effectNow:
      "When the plan takes effect, its limits apply within a second. Units used this month still count.",
    effectApproval: "An administrator must approve it. Until then nothing changes.",
    keep: (plan: string) => `Keep ${plan}`,
    next: (plan: string, at: string) => `Changes to ${plan} on ${utcDate(at)}.`,
    requested: (plan: string) => `${plan} is requested and waits for an administrator.`,
    declined: (plan: string) => `An administrator declined ${plan}.`,
    pending: "Access is requested and waits for an administrator.",
    onlyOwners: "Only owners can choose this plan.",
    onlyDevelopers: "Viewers can't choose a plan.",
    trialUntil: (at: string) => `Free of charge until ${utcDate(at)}.`,
    termsEnd: "The custom terms of this project end with its current plan.",
    agreed: (reason: string) => {
      if (reason === "") return "This project has custom terms.";
      return `This project has custom terms: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`;
    },
    agreedUntil: (at: string) => `They end on ${utcDate(at)}.`,
  },
  row: {
    plan: (name: string) => `Plan: ${name}.`,
    without: "No plan.",
    choose: "Choose plan",
    chooseLabel: (api: string) => `Choose plan of ${api}`,
    view: "Plan",
    viewLabel: (api: string) => `Plan of ${api}`,
  },
};
