import { z } from "zod";
import { idSchema } from "../../fields.ts";

export const getPropagationSchema = z.strictObject({
  projectId: idSchema,
  /** Of an earlier answer. */
  seq: z.coerce.number("Give a whole number.").int("Give a whole number.").min(0, "Not below 0.").optional(),
});
export type GetPropagationInput = z.output<typeof getPropagationSchema>;
