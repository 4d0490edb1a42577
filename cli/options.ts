import type { z } from "zod";
import { CliError } from "./output.ts";

/** Options held against a verb's schema. Throws one line that names each wrong option. */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  options: z.input<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`);
  throw new CliError(faults.join("; "));
}
