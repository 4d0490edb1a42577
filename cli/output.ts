import { DomainError } from "#domain/errors.ts";
import { SettingsError } from "#platform/settings.ts";

/** Something that the person at the terminal can put right; shown as it is. */
export class CliError extends Error {
  override readonly name = "CliError";
}

export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** One line for what went wrong, whatever it was; never a stack, never a token or a password. */
export function errorLine(error: unknown): string {
  const text = messageOf(error).trim().split(/\n+/).join("; ");
  return `latchkey: ${text.replace(/:\/\/([^:@/\s]+):[^@/\s]+@/g, "://$1:…@")}`;
}

function messageOf(error: unknown): string {
  if (error instanceof DomainError) {
    const faults = error.errors.filter((fault) => fault.message !== error.message);
    return [error.message, ...faults.map((fault) => `${fault.path}: ${fault.message}`)].join("\n");
  }
  if (error instanceof SettingsError || error instanceof CliError) return error.message;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  // Drizzle appends a failed query and its values; what the driver said is in the cause.
  if (error instanceof Error) return error.cause instanceof Error ? messageOf(error.cause) : error.message;
  return "something failed for a reason that was not given";
}
