import { type Logger, pino } from "pino";
import { escapeUnprintable } from "#core/text.ts";
import { describeError, redact, secretsOf } from "./redact.ts";
import { withSecretFiles } from "./secret-files.ts";
import { LOG_LEVELS } from "./settings-schema.ts";

const SECRET_NAMES = [
  "authorization",
  "cookie",
  "key",
  "secret",
  "token",
  "password",
  "link",
  "body",
  "headers",
];

/**
 * Creates the log of a process: one JSON object per line on standard error. Pass errors as `{ err }`; never pass a
 * request, its body or its headers. `mixin` returns fields for every line.
 */
export function createLog(name: string, mixin: () => object = () => ({})): Logger {
  const secrets = secretsOf(withSecretFiles(process.env, () => {}));
  const level = LOG_LEVELS.find((known) => known === process.env.LOG_LEVEL) ?? "info";
  return pino(
    {
      level,
      base: { name },
      mixin,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [...SECRET_NAMES, ...SECRET_NAMES.map((field) => `*.${field}`)],
        censor: "[redacted]",
      },
      serializers: { err: (error: unknown) => describeError(error) },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void process.stderr.write(escapeUnprintable(redact(line, secrets))) },
  );
}

/** Redacts secrets in everything that this process prints, including the output of libraries. */
export function redactOutput(): void {
  const secrets = secretsOf(withSecretFiles(process.env, () => {}));
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) =>
      write(typeof chunk === "string" ? redact(chunk, secrets) : chunk, ...rest);
  }
}
