import { z } from "zod";
import { PROBLEM_CODES } from "#domain/errors.ts";

/** RFC 9457, with the id of the request, a code if programs must distinguish errors, and each invalid field. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string(),
  code: z.enum(PROBLEM_CODES).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
