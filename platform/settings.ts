import { type Bounds, boundsOf } from "#core/bounds.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import {
  type LinkDomains,
  namedProviderSettings,
  type OidcProvider,
  readLinkDomains,
  readProviders,
} from "./oidc-settings.ts";
import { secretSettings, withSecretFiles } from "./secret-files.ts";
import { domainList, parseList, secretList } from "./setting-lists.ts";
import { unknownNames } from "./setting-names.ts";
import { settingsSchema } from "./settings-schema.ts";

/** Who may create an account: anyone, invited people, or owners of addresses in certain domains. */
export type SignUpPolicy = { kind: "open" } | { kind: "invite" } | { kind: "domains"; domains: string[] };

/** A deployment's settings, checked (docs/operate/settings.md). */
export interface Settings {
  databaseUrl: string;
  /** Postgres without the pooler that `databaseUrl` goes through: where verifiers listen for changes. */
  listenUrl: string | undefined;
  dataDir: string;
  port: number;
  verifierPort: number;
  /** Address to listen on; undefined for all. */
  host: string | undefined;
  /** Where a verifier (`port`) and the portal serve their metrics; by default, derived from their own ports. */
  metrics: {
    port: number | undefined;
    portalPort: number | undefined;
    host: string;
    token: string | undefined;
  };
  /** Whether the portal logs each request. */
  accessLog: boolean;
  /** The portal's public address, without a trailing slash. */
  url: string;
  /** Where services reach the verifier, for the examples that pages show. */
  verifierUrl: string;
  /** The first part of new tokens. */
  keyPrefix: string;
  /** Prefixes of tokens that are accepted besides `keyPrefix`. */
  formerKeyPrefixes: readonly string[];
  /** Secrets of the HMACs by which tokens are imported; `readHmacSecret` reads each. */
  importHmacSecrets: readonly string[];
  signUp: SignUpPolicy;
  /** Maximum number of sign-up mails per hour in total. */
  signUpMailsPerHour: number;
  /** When a session ends that is not used, and at the latest, ms. */
  sessions: { idleMs: number; maxMs: number };
  /** Undefined on SQLite: it is generated and stored in the data directory. */
  authSecret: string | undefined;
  /** Secrets that are accepted besides `authSecret`: the former one, or during a rolling rotation the next one. */
  acceptedAuthSecrets: readonly string[];
  /** How access tokens are signed (docs/integrate/access-tokens.md), and how long they are valid, ms. */
  accessTokens: { algorithm: "ES256" | "EdDSA"; lifetimeMs: number; secret: string | undefined };
  /** The OpenID Connect providers, the one without a name first. */
  oidc: OidcProvider[];
  github: { id: string; secret: string; linkDomains: LinkDomains | null } | null;
  /** URL of the public keys of GitHub's secret scanning. */
  githubKeysUrl: string;
  /** Whether webhooks may call private IP addresses, and http. */
  webhooksToPrivate: boolean;
  /** Whether the portal may call APIs of the catalog at private IP addresses, and over http. */
  apisToPrivate: boolean;
  smtp: { url: string; from: string } | null;
  /** Proxies in front of the portal whose `X-Forwarded-For` counts, as addresses or networks. */
  trustedProxies: string[];
  /** IP addresses and networks from which people use the portal's pages; empty for everywhere. */
  portalAllowedIps: string[];
  /** The same for the rights of administrators; empty for everywhere. */
  adminAllowedIps: string[];
  /** Where traces are sent, and the share of requests that is traced unless the caller's trace decides. */
  tracing: { ratio: number; endpoint: string; headers: string | undefined } | null;
  staleMaxSeconds: number;
  /** How long a stopping verifier still answers while it reports that it is not ready, seconds. */
  drainDelaySeconds: number;
  /** Whether a verifier reads common requests without `node:http`. */
  httpFastPath: boolean;
  cacheKeys: number;
  /** Approximate memory of a verifier's cache, bytes. The rest of the process needs more. */
  cacheBytes: number;
  /** The maximum size of the uncounted part of a verifier's journal. When it is reached, checks get 503. */
  journalMaxBytes: number;
  /** How long the daily counts of requests are kept, ms; null for ever. */
  usageDaysMs: number | null;
  /** Limits on what a caller may create or send. */
  bounds: Bounds;
  /** Where verifiers share rate limit counters; undefined if a single process counts. */
  redisUrl: string | undefined;
  /** Where counts of requests are stored; undefined for the database. */
  usageUrl: string | undefined;
  /** Whether keys with limits are denied or counted locally while Redis is unavailable. */
  limitsWithoutRedis: "refuse" | "local";
}

/** A setting is missing or invalid. The message has one line for each, with the rule that it breaks. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Only the portal uses these. */
export const AUTH_SECRETS: readonly string[] = ["AUTH_SECRET", "LATCHKEY_ACCEPTED_AUTH_SECRETS"];

/**
 * Reads and checks every setting at once. Throws `SettingsError` that names each invalid one. `needsAuthSecret` is
 * false for processes that sign no sessions and seal no secrets, such as verifiers: `AUTH_SECRET` is then ignored.
 */
export function parseSettings(
  env: Record<string, string | undefined>,
  { needsAuthSecret = true }: { needsAuthSecret?: boolean } = {},
): Settings {
  const problems = unknownNames(env, settingNames(env));
  const secretNames = secretSettings(env).filter((name) => needsAuthSecret || !AUTH_SECRETS.includes(name));
  const complete = withSecretFiles(env, (problem) => problems.push(problem), secretNames);
  const given = Object.fromEntries(
    Object.entries(complete).filter(
      ([name, value]) => value !== "" && (needsAuthSecret || !AUTH_SECRETS.includes(name)),
    ),
  );
  const parsed = settingsSchema.safeParse(given);
  // Never the value, which may be a secret.
  problems.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  const oidc = readProviders(given, (problem) => problems.push(problem));
  // A value can break several parts of one rule.
  if (!parsed.success || problems.length > 0) throw new SettingsError([...new Set(problems)].join("\n"));
  const s = parsed.data;
  const databaseUrl = s.DATABASE_URL ?? `file:${s.LATCHKEY_DATA_DIR}/latchkey.db`;
  if (needsAuthSecret && !databaseUrl.startsWith("file:") && !s.AUTH_SECRET) {
    throw new SettingsError(
      "AUTH_SECRET: is required with Postgres; create one with: openssl rand -base64 32",
    );
  }
  if (databaseUrl.startsWith("file:") && s.LATCHKEY_LISTEN_URL) {
    throw new SettingsError(
      "LATCHKEY_LISTEN_URL: is for Postgres only, but DATABASE_URL is not a Postgres URL",
    );
  }
  allOrNone(s, ["LATCHKEY_OIDC_ISSUER", "LATCHKEY_OIDC_CLIENT_ID", "LATCHKEY_OIDC_CLIENT_SECRET"]);
  allOrNone(s, ["GITHUB_ID", "GITHUB_SECRET"]);
  allOrNone(s, ["SMTP_URL", "MAIL_FROM"]);
  const url = s.LATCHKEY_URL ?? `http://localhost:${s.PORT}`;
  return {
    databaseUrl,
    listenUrl: s.LATCHKEY_LISTEN_URL,
    dataDir: s.LATCHKEY_DATA_DIR,
    port: s.PORT,
    verifierPort: s.VERIFIER_PORT,
    host: s.LATCHKEY_HOST,
    metrics: {
      port: s.LATCHKEY_METRICS_PORT,
      portalPort: s.LATCHKEY_PORTAL_METRICS_PORT,
      host: s.LATCHKEY_METRICS_HOST,
      token: s.LATCHKEY_METRICS_TOKEN,
    },
    accessLog: s.LATCHKEY_ACCESS_LOG === "on",
    url,
    verifierUrl: s.LATCHKEY_VERIFIER_URL ?? `http://${new URL(url).hostname}:${s.VERIFIER_PORT}`,
    keyPrefix: s.LATCHKEY_KEY_PREFIX,
    formerKeyPrefixes: parseList(s.LATCHKEY_FORMER_KEY_PREFIXES),
    importHmacSecrets: secretList(s.LATCHKEY_IMPORT_HMAC_SECRETS),
    signUp: signUpPolicy(s.LATCHKEY_SIGN_UP.toLowerCase()),
    signUpMailsPerHour: s.LATCHKEY_SIGN_UP_MAILS_PER_HOUR,
    sessions: {
      idleMs: s.LATCHKEY_SESSION_IDLE_MINUTES * MINUTE_MS,
      maxMs: s.LATCHKEY_SESSION_MAX_HOURS * HOUR_MS,
    },
    authSecret: s.AUTH_SECRET,
    acceptedAuthSecrets: secretList(s.LATCHKEY_ACCEPTED_AUTH_SECRETS),
    accessTokens: {
      algorithm: s.LATCHKEY_TOKEN_ALGORITHM,
      lifetimeMs: s.LATCHKEY_TOKEN_SECONDS * 1_000,
      secret: s.LATCHKEY_SIGNING_SECRET,
    },
    oidc,
    github:
      s.GITHUB_ID && s.GITHUB_SECRET
        ? { id: s.GITHUB_ID, secret: s.GITHUB_SECRET, linkDomains: readLinkDomains(s.GITHUB_LINK_DOMAINS) }
        : null,
    githubKeysUrl: s.LATCHKEY_GITHUB_KEYS_URL,
    webhooksToPrivate: s.LATCHKEY_WEBHOOKS_TO_PRIVATE === "allow",
    apisToPrivate: s.LATCHKEY_APIS_TO_PRIVATE === "allow",
    smtp: s.SMTP_URL && s.MAIL_FROM ? { url: s.SMTP_URL, from: s.MAIL_FROM } : null,
    trustedProxies: parseList(s.LATCHKEY_TRUSTED_PROXIES),
    portalAllowedIps: parseList(s.LATCHKEY_PORTAL_ALLOWED_IPS),
    adminAllowedIps: parseList(s.LATCHKEY_ADMIN_ALLOWED_IPS),
    tracing: s.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          ratio: s.OTEL_TRACES_SAMPLER_ARG,
          endpoint: s.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: s.OTEL_EXPORTER_OTLP_HEADERS,
        }
      : null,
    staleMaxSeconds: s.LATCHKEY_STALE_MAX_SECONDS,
    drainDelaySeconds: s.LATCHKEY_LINGER_SECONDS,
    httpFastPath: s.LATCHKEY_HTTP_FAST_PATH === "on",
    cacheKeys: s.LATCHKEY_CACHE_KEYS,
    journalMaxBytes: s.LATCHKEY_JOURNAL_MAX_MB * 1_048_576,
    usageDaysMs: s.LATCHKEY_USAGE_RETENTION_DAYS * DAY_MS || null,
    cacheBytes: s.LATCHKEY_CACHE_MB * 1_048_576,
    bounds: boundsOf(s),
    redisUrl: s.REDIS_URL,
    usageUrl: s.USAGE_URL,
    limitsWithoutRedis: s.LATCHKEY_LIMITS_WITHOUT_REDIS,
  };
}

/** Every variable that is read, including the `NAME_FILE` form of secrets. */
function settingNames(env: Record<string, string | undefined>): string[] {
  return [
    ...Object.keys(settingsSchema.shape),
    ...namedProviderSettings(env),
    ...secretSettings(env).map((name) => `${name}_FILE`),
  ];
}

/** Every setting's name with its default as text; undefined without a fixed default. For the test of the docs. */
export function settingDefaults(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([name, rule]) => [
      name,
      rule.safeParse(undefined).data?.toString(),
    ]),
  );
}

function allOrNone<K extends string>(values: Partial<Record<K, unknown>>, names: K[]): void {
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length > 0 && missing.length < names.length) {
    throw new SettingsError(
      `${missing.join(", ")}: must be set together with ${names.filter((n) => !missing.includes(n)).join(", ")}`,
    );
  }
}

function signUpPolicy(value: string): SignUpPolicy {
  if (value === "open" || value === "invite") return { kind: value };
  return { kind: "domains", domains: domainList(value) };
}
