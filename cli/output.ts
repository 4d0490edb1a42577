import type { z } from "zod";
import { markUnprintable } from "#core/text.ts";
import { DomainError } from "#domain/errors.ts";
import { describeFileError, fileErrorReason } from "#platform/file-errors.ts";
import { redactUrls } from "#platform/redact.ts";
import { SettingsError } from "#platform/settings.ts";

/** An error that the user can fix. Its message is shown as it is. */
export class CliError extends Error {
  override readonly name = "CliError";
}

export function printLine(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints what a command waits for or does next, apart from its result. */
export function printNotice(line: string): void {
  process.stderr.write(`latchkey: ${line}\n`);
}

/** Makes the command fail with one line if its output can't be written. A reader that wants no more is no failure. */
export function reportLostOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = 1;
    printNotice(`the output can't be written: ${fileErrorReason(error) ?? error.message}`);
  });
  // There is nowhere left to report it.
  process.stderr.on("error", () => {});
}

/** Formats any error as one line, without a stack, token or password. */
export function errorLine(error: unknown): string {
  const text = messageOf(error).trim().split(/\n+/).join("; ");
  // The texts of files and servers are repeated: a terminal must not obey what they contain.
  const shown = markUnprintable(text.replace(/\p{Cc}/gu, " "));
  return `latchkey: ${redactUrls(shown)}`;
}

function messageOf(error: unknown): string {
  if (error instanceof DomainError) {
    const details = error.errors.filter((detail) => detail.message !== error.message);
    return [error.message, ...details.map((detail) => `${detail.path}: ${detail.message}`)].join("\n");
  }
  if (error instanceof SettingsError || error instanceof CliError) return error.message;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  const ofFile = describeFileError(error);
  if (ofFile !== null) return ofFile;
  // Drizzle puts the failed query and its values into the message; the message of the driver is in the cause.
  if (error instanceof Error) return error.cause instanceof Error ? messageOf(error.cause) : error.message;
  return "failed for an unknown reason";
}

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
