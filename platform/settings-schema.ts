import { z } from "zod";
import { boundSettings } from "#core/bounds.ts";
import { decodeUri } from "#core/decode-uri.ts";
import { PREFIX_PATTERN } from "#core/tokens.ts";
import { httpUrl } from "#core/url-settings.ts";
import { linkDomainsSetting, oidcSettings } from "./oidc-settings.ts";
import { isRedisUrl, REDIS_URL_RULE } from "./redis-url.ts";
import { isDomainList, isHmacSecret, isNetwork, parseList, secretList } from "./setting-lists.ts";

/** Log levels, from the fewest lines to the most. */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace"] as const;

const PORT_RULE = "must be a port, 1 to 65535";
const networks = z
  .string()
  .refine(
    (value) => parseList(value).every(isNetwork),
    "must be addresses or networks such as 10.0.0.0/8,::1",
  )
  .default("");
const port = () => z.coerce.number(PORT_RULE).int(PORT_RULE).min(1, PORT_RULE).max(65_535, PORT_RULE);
/** A number without decimals. The message is for operators: it says what is accepted. */
function whole(min: number, max: number) {
  const rule = `must be a whole number, ${min} to ${max}`;
  return z.coerce.number(rule).int(rule).min(min, rule).max(max, rule);
}

const SMTP_URL_RULE =
  "must be smtp://… or smtps://…, with signs such as % and # of the password encoded: %25, %23";

/** Whether mail can be sent with this URL. The mail library would say so only with the first mail. */
function isSmtpUrl(value: string): boolean {
  if (!/^smtps?:\/\/.+/.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  // Null for a % that begins no character.
  return decodeUri(username) !== null && decodeUri(password) !== null;
}

const USAGE_RETENTION_RULE = "must be 0 (forever) or a number of days, 100 to 36500";
const USAGE_URL_RULE =
  "must be http://… or https://… of ClickHouse, such as http://latchkey:…@clickhouse:8123/latchkey";

/** The rule and the default of each setting, by its variable. */
export const settingsSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)/, "must be file:… or postgres://…")
    .optional(),
  LATCHKEY_LISTEN_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/.+/, "must be postgres://…")
    .optional(),
  LATCHKEY_DATA_DIR: z.string().min(1).default("./data"),
  PORT: port().default(3000),
  VERIFIER_PORT: port().default(3001),
  LATCHKEY_HOST: z.string().min(1).optional(),
  LATCHKEY_METRICS_PORT: port().optional(),
  LATCHKEY_PORTAL_METRICS_PORT: port().optional(),
  LATCHKEY_METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  LATCHKEY_METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]{16,}$/, "must have at least 16 characters, without spaces")
    .optional(),
  LATCHKEY_URL: httpUrl([]).optional(),
  LATCHKEY_VERIFIER_URL: httpUrl(["path"]).optional(),
  LATCHKEY_KEY_PREFIX: z
    .string()
    .regex(PREFIX_PATTERN, "must be 2 to 12 lower-case letters and digits, a letter first")
    .default("lk"),
  LATCHKEY_FORMER_KEY_PREFIXES: z
    .string()
    .refine(
      (value) => parseList(value).every((prefix) => PREFIX_PATTERN.test(prefix)),
      "must be a comma-separated list of prefixes, each 2 to 12 lower-case letters and digits, a letter first",
    )
    .default(""),
  LATCHKEY_IMPORT_HMAC_SECRETS: z
    .string()
    .refine(
      (value) => secretList(value).length <= 5 && secretList(value).every(isHmacSecret),
      "must be at most 5 secrets, separated by commas or line breaks: text of at least 8 characters, hex:… or base64:…",
    )
    .default(""),
  LATCHKEY_SIGN_UP: z
    .string()
    .refine(
      (value) => /^(open|invite)$/i.test(value) || isDomainList(value),
      "must be open, invite, or a list of email domains such as example.com,example.org",
    )
    .default("invite"),
  LATCHKEY_SIGN_UP_MAILS_PER_HOUR: whole(1, 100_000).default(100),
  LATCHKEY_SESSION_IDLE_MINUTES: whole(5, 525_600).default(10_080),
  LATCHKEY_SESSION_MAX_HOURS: whole(1, 8_760).default(720),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  LATCHKEY_ACCEPTED_AUTH_SECRETS: z
    .string()
    .refine(
      (value) => secretList(value).every((secret) => secret.length >= 32),
      "must be secrets of at least 32 characters, separated by commas or line breaks",
    )
    .default(""),
  LATCHKEY_SIGNING_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  LATCHKEY_TOKEN_ALGORITHM: z.enum(["ES256", "EdDSA"], "must be ES256 or EdDSA").default("ES256"),
  LATCHKEY_TOKEN_SECONDS: whole(30, 900).default(300),
  ...oidcSettings,
  GITHUB_ID: z.string().min(1).optional(),
  GITHUB_SECRET: z.string().min(1).optional(),
  GITHUB_LINK_DOMAINS: linkDomainsSetting,
  LATCHKEY_GITHUB_KEYS_URL: z
    .url({ protocol: /^https?$/, error: "must be an http(s) address" })
    .default("https://api.github.com/meta/public_keys/secret_scanning"),
  LATCHKEY_WEBHOOKS_TO_PRIVATE: z.enum(["refuse", "allow"], "must be refuse or allow").default("refuse"),
  LATCHKEY_APIS_TO_PRIVATE: z.enum(["refuse", "allow"], "must be refuse or allow").default("refuse"),
  SMTP_URL: z.string().refine(isSmtpUrl, SMTP_URL_RULE).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  LATCHKEY_TRUSTED_PROXIES: networks,
  LATCHKEY_PORTAL_ALLOWED_IPS: networks,
  LATCHKEY_ADMIN_ALLOWED_IPS: networks,
  LATCHKEY_STALE_MAX_SECONDS: whole(1, 3_600).default(60),
  REDIS_URL: z.string().refine(isRedisUrl, REDIS_URL_RULE).optional(),
  USAGE_URL: z
    .string()
    .refine((value) => URL.canParse(value) && /^https?:\/\/.+/.test(value), USAGE_URL_RULE)
    .optional(),
  LATCHKEY_LIMITS_WITHOUT_REDIS: z.enum(["refuse", "local"], "must be refuse or local").default("refuse"),
  LATCHKEY_ACCESS_LOG: z.enum(["off", "on"], "must be off or on").default("off"),
  LATCHKEY_LINGER_SECONDS: whole(0, 300).default(0),
  LATCHKEY_HTTP_FAST_PATH: z.enum(["on", "off"], "must be on or off").default("on"),
  LATCHKEY_CACHE_KEYS: whole(100, 10_000_000).default(200_000),
  LATCHKEY_JOURNAL_MAX_MB: whole(64, 10_000_000).default(20_480),
  LATCHKEY_USAGE_RETENTION_DAYS: z.coerce
    .number(USAGE_RETENTION_RULE)
    .int(USAGE_RETENTION_RULE)
    .refine((days) => days === 0 || (days >= 100 && days <= 36_500), USAGE_RETENTION_RULE)
    .default(0),
  LATCHKEY_CACHE_MB: whole(8, 65_536).default(256),
  ...boundSettings,
  // The trace exporter reads the next two itself. They are only validated here.
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl(["user", "path", "query"]).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^\s*[^=,\s]+\s*=[^,]*(,\s*[^=,\s]+\s*=[^,]*)*$/, "must be name=value, comma-separated")
    .optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number("must be 0 to 1")
    .min(0, "must be 0 to 1")
    .max(1, "must be 0 to 1")
    .default(1),
  // The log reads it before settings are parsed. It is only validated here.
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
});
