import { readFileSync } from "node:fs";
import { fileErrorReason } from "./file-errors.ts";
import { namedProviderSecrets } from "./oidc-settings.ts";

/** The settings that are secrets or can contain one: each can be read from the file that `NAME_FILE` names. */
export const SECRET_SETTINGS = [
  "AUTH_SECRET",
  "LATCHKEY_ACCEPTED_AUTH_SECRETS",
  "LATCHKEY_IMPORT_HMAC_SECRETS",
  "LATCHKEY_SIGNING_SECRET",
  "DATABASE_URL",
  "LATCHKEY_LISTEN_URL",
  "LATCHKEY_METRICS_TOKEN",
  "LATCHKEY_OIDC_CLIENT_SECRET",
  "GITHUB_SECRET",
  "SMTP_URL",
  "REDIS_URL",
  "USAGE_URL",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_HEADERS",
] as const;

/** The secrets among the settings: `SECRET_SETTINGS` and those of the providers that `LATCHKEY_OIDC_PROVIDERS` names. */
export function secretSettings(env: Env): string[] {
  return [...SECRET_SETTINGS, ...namedProviderSecrets(env)];
}

type Env = Record<string, string | undefined>;

/**
 * The environment with the contents of the files that `NAME_FILE` variables name, without their trailing line breaks.
 * `onError` is called with one line for each file that can't be used. `names` limits which settings are read.
 */
export function withSecretFiles(
  env: Env,
  onError: (line: string) => void,
  names: readonly string[] = secretSettings(env),
): Env {
  const complete = { ...env };
  for (const name of names) {
    const variable = `${name}_FILE`;
    const path = env[variable];
    if (!path) continue;
    if (env[name]) onError(`${variable}: must not be set together with ${name}`);
    else complete[name] = readSecretFile(path, (problem) => onError(`${variable}: ${problem}`));
  }
  return complete;
}

function readSecretFile(path: string, onProblem: (problem: string) => void): string | undefined {
  try {
    const text = readFileSync(path, "utf8").replace(/(\r?\n)+$/, "");
    if (text === "") onProblem("the file is empty");
    return text;
  } catch (error) {
    onProblem(`the file cannot be read: ${fileErrorReason(error) ?? "unknown reason"}`);
  }
}
