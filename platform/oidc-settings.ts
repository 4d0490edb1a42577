import { z } from "zod";
import { httpUrl } from "#core/url-settings.ts";
import { domainList, isDomainList, parseList } from "./setting-lists.ts";

/** Domains, or all of them. */
export type LinkDomains = string[] | "all";

/** An OpenID Connect provider that people sign in with. */
export interface OidcProvider {
  /** In the callback URL `/api/auth/callback/{id}` and in the audit log: `oidc`, or a name of `LATCHKEY_OIDC_PROVIDERS`. */
  id: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Text of the sign-in button. */
  name: string;
  /** Domains whose addresses count as verified although the provider sends no `email_verified`. */
  trustedDomains: string[];
  /** Domains whose addresses can sign in only with this provider. */
  requiredDomains: string[];
  /** Domains whose existing accounts it may open by their email address; null if not set (`linksByEmail`). */
  linkDomains: LinkDomains | null;
  /** The scopes that sign-in requests, separated by spaces. */
  scopes: string;
  /** The claim with the user's groups. */
  groupsClaim: string;
  /** Groups whose members are administrators; everyone else is a developer. Empty: the provider does not decide roles. */
  adminGroups: string[];
}

/** The provider of the settings without a name: `LATCHKEY_OIDC_ISSUER` and so on. */
const UNNAMED = "oidc";
/** Other ways to sign in, and names that next-auth or the audit log use. */
const RESERVED = [UNNAMED, "github", "password", "credentials", "passkey", "email"];
const ID_PATTERN = /^[a-z][a-z0-9]{0,19}$/;
const MAX_PROVIDERS = 20;

const domains = () =>
  z
    .string()
    .refine(
      (value) => value === "" || isDomainList(value),
      "must be a list of email domains such as example.com,example.org",
    )
    .default("");

/** The rule of a setting that lists the domains whose accounts a provider may open. */
export const linkDomainsSetting = z
  .string()
  .refine(
    (value) => value === "" || value === "*" || isDomainList(value),
    "must be a list of email domains such as example.com,example.org, or * for all",
  )
  .optional();

/** The value of such a setting; null if it is not set. */
export function readLinkDomains(value: string | undefined): LinkDomains | null {
  if (value === undefined) return null;
  return value === "*" ? "all" : domainList(value);
}

/** The rules of a provider's settings, by the end of their names. The first three are required. */
const FIELDS = {
  ISSUER: httpUrl(["path"]),
  CLIENT_ID: z.string().min(1),
  CLIENT_SECRET: z.string().min(1),
  NAME: z.string().min(1).max(40),
  TRUSTED_DOMAINS: domains(),
  REQUIRED_DOMAINS: domains(),
  LINK_DOMAINS: linkDomainsSetting,
  SCOPES: z
    .string()
    .regex(/^(?=.*\bopenid\b)[!-~]+( [!-~]+)*$/, "must be scopes separated by a space, openid among them")
    .default("openid email profile"),
  GROUPS_CLAIM: z.string().min(1).max(200).default("groups"),
  ADMIN_GROUPS: z.string().max(10_000).default(""),
};
const FIELD_NAMES = Object.keys(FIELDS);

/** The settings of the provider without a name, and the list of the others. */
export const oidcSettings = {
  LATCHKEY_OIDC_ISSUER: FIELDS.ISSUER.optional(),
  LATCHKEY_OIDC_CLIENT_ID: FIELDS.CLIENT_ID.optional(),
  LATCHKEY_OIDC_CLIENT_SECRET: FIELDS.CLIENT_SECRET.optional(),
  LATCHKEY_OIDC_NAME: FIELDS.NAME.default("Single sign-on"),
  LATCHKEY_OIDC_TRUSTED_DOMAINS: FIELDS.TRUSTED_DOMAINS,
  LATCHKEY_OIDC_REQUIRED_DOMAINS: FIELDS.REQUIRED_DOMAINS,
  LATCHKEY_OIDC_LINK_DOMAINS: FIELDS.LINK_DOMAINS,
  LATCHKEY_OIDC_SCOPES: FIELDS.SCOPES,
  LATCHKEY_OIDC_GROUPS_CLAIM: FIELDS.GROUPS_CLAIM,
  LATCHKEY_OIDC_ADMIN_GROUPS: FIELDS.ADMIN_GROUPS,
  LATCHKEY_OIDC_PROVIDERS: z
    .string()
    .refine(
      (value) => {
        const ids = parseList(value);
        const isUsable = (id: string) => ID_PATTERN.test(id) && !RESERVED.includes(id);
        return ids.length <= MAX_PROVIDERS && new Set(ids).size === ids.length && ids.every(isUsable);
      },
      `must be a list of at most ${MAX_PROVIDERS} different names such as acme,partner, each of lower-case letters and digits, a letter first, and none of ${RESERVED.join(", ")}`,
    )
    .default(""),
};

type Env = Record<string, string | undefined>;

const settingOf = (id: string, field: string) => `LATCHKEY_OIDC_${id.toUpperCase()}_${field}`;

/** The names in `LATCHKEY_OIDC_PROVIDERS` that can be names of variables. */
function namedIds(env: Env): string[] {
  return parseList(env.LATCHKEY_OIDC_PROVIDERS ?? "")
    .filter((id) => ID_PATTERN.test(id))
    .slice(0, MAX_PROVIDERS);
}

/** The variables of the providers that `LATCHKEY_OIDC_PROVIDERS` names. */
export function namedProviderSettings(env: Env): string[] {
  return namedIds(env).flatMap((id) => FIELD_NAMES.map((field) => settingOf(id, field)));
}

/** Those of them that are secrets. */
export function namedProviderSecrets(env: Env): string[] {
  return namedIds(env).map((id) => settingOf(id, "CLIENT_SECRET"));
}

/**
 * The providers, the one without a name first. `env` has no empty values and the contents of secret files. Calls
 * `onProblem` with a line for each missing or contradicting setting.
 */
export function readProviders(env: Env, onProblem: (line: string) => void): OidcProvider[] {
  const unnamed =
    env.LATCHKEY_OIDC_ISSUER === undefined
      ? []
      : [
          readProvider(
            UNNAMED,
            "Single sign-on",
            (field) => `LATCHKEY_OIDC_${field}`,
            env,
            () => {},
          ),
        ];
  const named = namedIds(env).map((id) =>
    readProvider(id, id, (field) => settingOf(id, field), env, onProblem),
  );
  const providers = [...unnamed, ...named].filter((provider) => provider !== null);
  const issuerOf = ({ issuer }: OidcProvider) => [issuer];
  for (const { value, first, second } of duplicates(providers, issuerOf)) {
    onProblem(`${nameOf(second, "ISSUER")}: is the issuer of ${nameOf(first, "ISSUER")} already (${value})`);
  }
  for (const { value, first, second } of duplicates(providers, (provider) => provider.requiredDomains)) {
    onProblem(
      `${nameOf(second, "REQUIRED_DOMAINS")}: ${value} is in ${nameOf(first, "REQUIRED_DOMAINS")} already; a domain can require one provider`,
    );
  }
  return providers;
}

const nameOf = (id: string, field: string) =>
  id === UNNAMED ? `LATCHKEY_OIDC_${field}` : settingOf(id, field);

function readProvider(
  id: string,
  defaultName: string,
  variable: (field: string) => string,
  env: Env,
  onProblem: (line: string) => void,
): OidcProvider | null {
  const given = Object.fromEntries(FIELD_NAMES.map((field) => [field, env[variable(field)]]));
  const { NAME, ...fields } = FIELDS;
  const parsed = z.object({ ...fields, NAME: NAME.default(defaultName) }).safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = String(path[0]);
    const isMissing = given[field] === undefined;
    onProblem(
      `${variable(field)}: ${isMissing ? `is required, because LATCHKEY_OIDC_PROVIDERS names ${id}` : message}`,
    );
  }
  if (!parsed.success) return null;
  const values = parsed.data;
  return {
    id,
    issuer: values.ISSUER,
    clientId: values.CLIENT_ID,
    clientSecret: values.CLIENT_SECRET,
    name: values.NAME,
    trustedDomains: domainList(values.TRUSTED_DOMAINS),
    requiredDomains: domainList(values.REQUIRED_DOMAINS),
    linkDomains: readLinkDomains(values.LINK_DOMAINS),
    scopes: values.SCOPES,
    groupsClaim: values.GROUPS_CLAIM,
    adminGroups: parseList(values.ADMIN_GROUPS),
  };
}

interface Duplicate {
  value: string;
  /** Ids of the two providers. */
  first: string;
  second: string;
}

/** The values that a second provider repeats. */
function duplicates(providers: OidcProvider[], valuesOf: (provider: OidcProvider) => string[]): Duplicate[] {
  const seen = new Map<string, string>();
  return providers.flatMap((provider) =>
    [...new Set(valuesOf(provider))].flatMap((value) => {
      const first = seen.get(value);
      if (first === undefined) seen.set(value, provider.id);
      return first === undefined ? [] : [{ value, first, second: provider.id }];
    }),
  );
}
