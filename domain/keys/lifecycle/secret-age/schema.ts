import { z } from "zod";
import { secretAgeInputSchema, secretAgeSchema } from "../../../access/policies/schema.ts";
import { idSchema } from "../../../fields.ts";

/** The maximum secret age by the site's policy and by the project's own. Both apply. */
export const secretAgesSchema = z
  .strictObject({ site: secretAgeSchema.nullable(), project: secretAgeSchema.nullable() })
  .meta({ id: "SecretAges" });
export type SecretAges = z.output<typeof secretAgesSchema>;

export const setSecretAgeSchema = z.strictObject({
  projectId: idSchema,
  /** Null for none; the site's rule applies anyway. */
  rule: secretAgeInputSchema.nullable(),
});
export type SetSecretAgeInput = z.output<typeof setSecretAgeSchema>;

export const dryRunSecretAgeSchema = z.strictObject({ projectId: idSchema, rule: secretAgeInputSchema });
export type DryRunSecretAgeInput = z.output<typeof dryRunSecretAgeSchema>;

export const dryRunSiteSecretAgeSchema = dryRunSecretAgeSchema.omit({ projectId: true });
export type DryRunSiteSecretAgeInput = z.output<typeof dryRunSiteSecretAgeSchema>;

const secretAgeDryRunSchema = z.strictObject({
  /** Enabled keys whose secret is older than the limit. */
  tooOld: z.int(),
});
export type SecretAgeDryRun = z.output<typeof secretAgeDryRunSchema>;
