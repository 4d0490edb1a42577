import { z } from "zod";
import { searchSchema } from "../fields.ts";
import { environmentSchema } from "../keys/schema.ts";

export const searchInputSchema = z.object({
  /** The typed text: an id, or part of a name, hint, description, tag or external ID. */
  query: searchSchema.pipe(z.string().min(1).max(120)),
});

export type SearchInput = z.output<typeof searchInputSchema>;

const searchResultsSchema = z.strictObject({
  projects: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  keys: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      hint: z.string(),
      environment: environmentSchema,
      project: z.strictObject({ id: z.string(), name: z.string() }),
    }),
  ),
  apis: z.array(z.strictObject({ slug: z.string(), name: z.string() })),
});
/** The results in the command menu, best first. */
export type SearchResults = z.output<typeof searchResultsSchema>;
