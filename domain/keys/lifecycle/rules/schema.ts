import { z } from "zod";
import { keyRulesInputSchema } from "../../../access/policies/schema.ts";
import {
  idSchema,
  instantSchema,
  pageFields,
  pageSchema,
  proseSchema,
  timestampSchema,
} from "../../../fields.ts";
import { keyRefSchema } from "../../schema.ts";

export const RULE_NAMES = ["maxLife", "expiry", "name", "description", "externalId"] as const;
export type RuleName = (typeof RULE_NAMES)[number];

const ruleNamesSchema = z
  .array(z.enum(RULE_NAMES))
  .describe(
    "The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`.",
  );

export const dryRunKeyRulesSchema = z.strictObject({
  projectId: idSchema,
  /** A draft of the project's own rules; null for none, and its current ones if not given. */
  rules: keyRulesInputSchema.nullable().optional(),
});
export type DryRunKeyRulesInput = z.output<typeof dryRunKeyRulesSchema>;

export const dryRunSiteKeyRulesSchema = z.strictObject({
  /** A draft of the site's rules; the current ones if not given. */
  rules: keyRulesInputSchema.optional(),
});
export type DryRunSiteKeyRulesInput = z.output<typeof dryRunSiteKeyRulesSchema>;

const brokenSchema = z.strictObject({
  count: z.int(),
  first: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      project: z.strictObject({ id: z.string(), name: z.string() }),
      rules: ruleNamesSchema,
      endsAt: timestampSchema.nullable().describe("When it would end or be disabled; null for never."),
    }),
  ),
});
/** Keys that break a rule, and the first of them. */
export type BrokenKeys = z.output<typeof brokenSchema>;

export const keyRulesDryRunSchema = z
  .strictObject({
    keep: brokenSchema.describe("They stay as they are: `existingKeys` is `keep`."),
    notify: brokenSchema.describe("Their owners would be notified, and nothing else happens."),
    end: brokenSchema.describe("They would be disabled or end, after their owners were notified."),
    complete: z.boolean().describe("False if there are more keys than were looked at."),
  })
  .meta({ id: "KeyRulesDryRun" });
export type KeyRulesDryRun = z.output<typeof keyRulesDryRunSchema>;

export const ruleExemptionSchema = z
  .strictObject({ reason: z.string(), until: timestampSchema, by: z.string() })
  .meta({ id: "RuleExemption" });
/** Until when the key rules skip a key. */
export type RuleExemption = z.output<typeof ruleExemptionSchema>;

/** How a key stands with the rules that apply to it. */
export const keyRuleStateSchema = z
  .strictObject({
    broken: ruleNamesSchema,
    endsAt: timestampSchema
      .nullable()
      .describe("When the rules disable it, as its owners were notified; null for never."),
    exemption: ruleExemptionSchema.nullable(),
  })
  .meta({ id: "KeyRuleState" });
export type KeyRuleState = z.output<typeof keyRuleStateSchema>;

export const exemptFromRulesSchema = z.strictObject({
  ...keyRefSchema.pick({ keyId: true }).shape,
  /** Why it may break them. */
  reason: proseSchema(500).min(1, "Say why."),
  until: instantSchema,
});
export type ExemptFromRulesInput = z.output<typeof exemptFromRulesSchema>;

export const EXEMPTION_POLICIES = ["unused", "key-rules"] as const;

export const listExemptionsSchema = z.strictObject({
  ...pageFields,
  policy: z
    .enum(EXEMPTION_POLICIES, "Choose unused or key-rules.")
    .default("key-rules")
    .describe("`key-rules`: the key rules; `unused`: the policy for unused keys."),
  projectId: idSchema.optional(),
});
export type ListExemptionsInput = z.output<typeof listExemptionsSchema>;

export const exemptionPageSchema = pageSchema(
  z.strictObject({
    key: z.strictObject({ id: z.string(), name: z.string() }),
    project: z.strictObject({ id: z.string(), name: z.string() }),
    reason: z.string(),
    until: timestampSchema,
    createdAt: timestampSchema,
    by: z.string(),
  }),
);
export type ExemptionPage = z.output<typeof exemptionPageSchema>;
