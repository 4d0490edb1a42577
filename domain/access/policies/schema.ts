import { z } from "zod";
import { idSchema, isPlainText } from "../../fields.ts";

const days = z
  .int("Give a whole number of days.")
  .min(1, "At least 1 day.")
  .max(3_650, "At most 3,650 days.");

/** The maximum age of a secret. `cut`: a key with an older secret is disabled; otherwise people are only reminded. */
export const secretAgeSchema = z.strictObject({ maxDays: z.int(), cut: z.boolean() });
export const secretAgeInputSchema = z.strictObject({ maxDays: days, cut: z.boolean("Say true or false.") });

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
        issues.addIssue({
          code: "custom",
          path: [name],
          message: "Give more days than the step before has.",
        });
      }
    });
  });

const leakActionSchema = z.enum(["tell", "disable"], "Choose tell or disable.");
export type LeakAction = z.output<typeof leakActionSchema>;

/** What happens to an unused key after so many days without a request; null for nothing. Each step is later than the one before. */
const unusedKeysRuleSchema = z.strictObject({
  warnDays: z.int().nullable(),
  disableDays: z.int().nullable(),
  revokeDays: z.int().nullable(),
});
export type UnusedKeysRule = z.output<typeof unusedKeysRuleSchema>;

const secondFactorSchema = z.enum(["optional", "admins", "everyone"], "Choose optional, admins or everyone.");
export type SecondFactorPolicy = z.output<typeof secondFactorSchema>;

export const EXISTING_KEYS_ACTIONS = ["keep", "notify", "disable"] as const;

/** Rules for the keys that are created or changed from now on, and what they do to older ones. */
export const keyRulesSchema = z
  .strictObject({
    maxLifeDays: z
      .strictObject({ live: z.int().nullable(), test: z.int().nullable() })
      .describe(
        "The maximum lifetime of a key from its creation, in days, by environment; null for no limit.",
      ),
    expiryRequired: z.boolean(),
    namePattern: z
      .string()
      .nullable()
      .describe("What names must match: `*` matches any characters, `?` exactly one. Null for any name."),
    descriptionRequired: z.boolean().describe("Every key says what it is for."),
    externalIdRequired: z.boolean().describe("Every key says whose it is."),
    approvalRequired: z
      .boolean()
      .describe(
        "A live key that a developer creates can't be used until an owner of its project approves it.",
      ),
    existingKeys: z
      .enum(EXISTING_KEYS_ACTIONS)
      .describe(
        "What happens, once a day, to keys that break a rule because they are older than it: nothing, their owners are notified, or they are also ended after `noticeDays`.",
      ),
    noticeDays: z.int().describe("Days between the notification and the end of such a key."),
  })
  .meta({ id: "KeyRules" });
export type KeyRules = z.output<typeof keyRulesSchema>;

const namePatternSchema = z
  .string("Write a pattern such as team-*.")
  .trim()
  .min(1, "Write a pattern such as team-*, or null for any name.")
  .max(100, "At most 100 characters.")
  .refine(isPlainText, "No control characters.");

export const keyRulesInputSchema = z.strictObject({
  maxLifeDays: z.strictObject({ live: days.nullable(), test: days.nullable() }),
  expiryRequired: z.boolean("Say true or false."),
  namePattern: namePatternSchema.nullable(),
  descriptionRequired: z.boolean("Say true or false."),
  externalIdRequired: z.boolean("Say true or false."),
  /** These three stay as they are if they are left out: older clients don't know them. */
  approvalRequired: z.boolean("Say true or false.").optional(),
  existingKeys: z.enum(EXISTING_KEYS_ACTIONS, "Choose keep, notify or disable.").optional(),
  noticeDays: z
    .int("Give a whole number of days.")
    .min(7, "At least 7 days.")
    .max(365, "At most 365 days.")
    .optional(),
});
export type KeyRulesInput = z.output<typeof keyRulesInputSchema>;

/** The rules that apply to the keys of a project: the site's and the project's own. */
export const appliedKeyRulesSchema = z
  .strictObject({ site: keyRulesSchema, project: keyRulesSchema.nullable() })
  .meta({ id: "AppliedKeyRules" });
export type AppliedKeyRules = z.output<typeof appliedKeyRulesSchema>;

export const setKeyRulesSchema = z.strictObject({
  projectId: idSchema,
  /** Null for none; the site's rules apply anyway. */
  rules: keyRulesInputSchema.nullable(),
});
export type SetKeyRulesInput = z.output<typeof setKeyRulesSchema>;

/** The site's policies, which apply to the keys of every project and to all users. */
export const policiesSchema = z
  .strictObject({
    liveKeysNeedApplicationRestriction: z.boolean(),
    /** Null for no maximum. A project can set a stricter one. */
    secretAge: secretAgeSchema.nullable(),
    unusedKeys: unusedKeysRuleSchema,
    /** What happens to a key whose secret was found in public, besides notifying its owners. */
    leakedKeys: z.strictObject({ live: leakActionSchema, test: leakActionSchema }),
    /** The maximum lifetime of a management token, in days; null for no limit. */
    managementTokens: z.strictObject({ maxDays: z.int().nullable() }),
    /** Who must have a second factor. Users without one can do nothing in the portal but set one up. */
    secondFactor: secondFactorSchema,
    /** A project can set stricter ones. */
    keyRules: keyRulesSchema,
  })
  .meta({ id: "Policies" });
export type Policies = z.output<typeof policiesSchema>;

/** Fields that are left out stay unchanged. Management tokens can only make policies stricter. */
export const setPoliciesSchema = z.strictObject({
  /** New live keys must be restricted to IP addresses, websites or apps, and restricted ones must stay so. */
  liveKeysNeedApplicationRestriction: z.boolean("Say true or false.").optional(),
  secretAge: secretAgeInputSchema.nullable().optional(),
  unusedKeys: unusedKeysSchema.optional(),
  leakedKeys: z.strictObject({ live: leakActionSchema, test: leakActionSchema }).optional(),
  /** For tokens that are created or rotated from now on. */
  managementTokens: z.strictObject({ maxDays: days.nullable() }).optional(),
  /** Only users with a second factor can require one. */
  secondFactor: secondFactorSchema.optional(),
  /** Management tokens can only make them stricter. */
  keyRules: keyRulesInputSchema.optional(),
});
export type SetPoliciesInput = z.output<typeof setPoliciesSchema>;
