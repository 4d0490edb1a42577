import { createTransport } from "nodemailer";
import { z } from "zod";
import { fetchJson } from "#platform/http/fetch-limited.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";
import { redactUrl } from "#platform/redact.ts";
import type { Settings } from "#platform/settings.ts";
import { reasonOf } from "../database.ts";
import { checkClickHouse } from "./clickhouse.ts";
import { type CheckFinding, failed, passed } from "./finding.ts";
import { checkRedis } from "./redis.ts";

const TIMEOUT_MS = 5_000;

/** Checks each service that is configured. */
export async function checkServices(settings: Settings): Promise<CheckFinding[]> {
  const { redisUrl, usageUrl, smtp, oidc } = settings;
  return Promise.all([
    ...(redisUrl === undefined ? [] : [checkRedis(redisUrl, TIMEOUT_MS)]),
    ...(usageUrl === undefined ? [] : [checkClickHouse(usageUrl, TIMEOUT_MS)]),
    ...(smtp === null ? [] : [checkSmtp(smtp.url)]),
    ...oidc.map(checkOidc),
  ]);
}

/** Connects and signs in, but sends nothing. */
async function checkSmtp(url: string): Promise<CheckFinding> {
  const where = redactUrl(url);
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const transport = createTransport({ url, ...timeouts });
  try {
    await transport.verify();
    return passed("smtp", where);
  } catch (error) {
    return failed("smtp", `${where} is not usable: ${reasonOf(error)}`);
  } finally {
    transport.close();
  }
}

const MAX_DOCUMENT_BYTES = 1024 * 1024;
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});

/** The provider's discovery document must name the same issuer, or sign-in rejects its tokens. */
async function checkOidc({ id, issuer }: OidcProvider): Promise<CheckFinding> {
  const check = id === "oidc" ? id : `oidc ${id}`;
  const url = `${issuer}/.well-known/openid-configuration`;
  try {
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_DOCUMENT_BYTES };
    const parsed = discovery.safeParse(await fetchJson(url, limits));
    if (!parsed.success) {
      const fields = parsed.error.issues.map(({ path }) => path.join("."));
      return failed(check, `${url} has no valid ${fields.join(", ")}`);
    }
    const named = parsed.data.issuer.replace(/\/+$/, "");
    if (named !== issuer) {
      const variable = id === "oidc" ? "LATCHKEY_OIDC_ISSUER" : `LATCHKEY_OIDC_${id.toUpperCase()}_ISSUER`;
      return failed(check, `${variable} must be exactly ${named.slice(0, 200)}`);
    }
    return passed(check, issuer);
  } catch (error) {
    return failed(check, `${url} can't be read: ${reasonOf(error)}`);
  }
}
