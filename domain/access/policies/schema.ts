import { z } from "zod";

const days = z
  .int("Give a whole number of days.")
  .min(1, "At least 1 day.")
  .max(3_650, "At most 3,650 days.");

/** How old a secret may grow. `cut`: the key is switched off when it is older; else people are only reminded. */
export const secretAgeSchema = z.strictObject({ maxDays: days, cut: z.boolean("Say true or false.") });

export const unusedKeysSchema = z
  .strictObject({
    warnDays: days.nullable(),
    disableDays: days.nullable(),
    revokeDays: days.nullable(),
  })
  .superRefine(({ warnDays, disableDays, revokeDays }, issues) => {
    const steps = [
      ["warnDays", warnDays],
      ["disableDays", disableDays],
      ["revokeDays", revokeDays],
    ] as const;
    const given = steps.filter(([, value]) => value !== null);
    given.forEach(([name, value], at) => {
      const before = given[at - 1]?.[1];
      if (value !== null && before !== null && before !== undefined && value <= before) {
        issues.addIssue({ code: "custom", path: [name], message: "Later than the step before, please." });
      }
    });
  });

const leakActionSchema = z.enum(["tell", "disable"], "Choose tell or disable.");

/** Rules for the whole site. What is left out stays as it is. */
export const setPoliciesSchema = z.strictObject({
  /** Live keys must be restricted to addresses, websites or apps: new ones, and those that are so already. */
  liveKeysNeedApplicationRestriction: z.boolean("Say true or false.").optional(),
  secretAge: secretAgeSchema.nullable().optional(),
  unusedKeys: unusedKeysSchema.optional(),
  leakedKeys: z.strictObject({ live: leakActionSchema, test: leakActionSchema }).optional(),
});
export type SetPoliciesInput = z.output<typeof setPoliciesSchema>;
