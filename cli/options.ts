import type { z } from "zod";
import { CliError } from "./output.ts";

/** Checks options against the schema of a verb. Throws one line that names each invalid option. */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  options: z.input<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const messages = parsed.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`);
  throw new CliError(messages.join("; "));
}
