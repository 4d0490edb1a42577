import { z } from "zod";

/** Rules for the whole site. What is left out stays as it is. */
export const setPoliciesSchema = z.strictObject({
  /** Live keys must be restricted to addresses, websites or apps: new ones, and those whose restrictions change. */
  liveKeysNeedApplicationRestriction: z.boolean("Say true or false.").optional(),
});
export type SetPoliciesInput = z.output<typeof setPoliciesSchema>;
