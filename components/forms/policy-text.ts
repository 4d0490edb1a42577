import { plural } from "#core/format.ts";

/** The buttons of policies that are previewed before they are saved. */
export const policyFormText = {
  edit: "Edit",
  enforce: "Enable policy",
  saved: "Saved.",
};

/** The policy for the age of secrets, of the site and of a project. */
export const secretAgeText = {
  title: "Secret rotation policy",
  description:
    "Applies to all projects; owners can set a stricter one. The age starts again with each rotation.",
  maxAge: "Maximum secret age",
  maxAgeHint: "Leave empty for no limit.",
  never: "No limit",
  days: "days",
  disable: "Disable overdue keys",
  disableHint:
    "Owners are reminded 14, 7 and 1 days before the limit and when it is reached. With this option, an overdue key is disabled a week after its owners were first notified, at the earliest.",
  noEffect: (maxDays: number) => `No enabled key has a secret older than ${plural(maxDays, "day")} today.`,
  effect: (count: number, maxDays: number) =>
    `${plural(count, "key")} ${count === 1 ? "has a secret" : "have secrets"} older than ${plural(maxDays, "day")} today. Their owners are notified in the next daily run. A week later, keys that were not rotated are disabled.`,
};
