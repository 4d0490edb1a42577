import { z } from "zod";
import { PROBLEM_CODES } from "#domain/errors.ts";

/** RFC 9457, with the request's id, a code where programs need to tell refusals apart, and each fault. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string(),
  code: z.enum(PROBLEM_CODES).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
