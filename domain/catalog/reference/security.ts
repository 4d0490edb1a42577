import { toObject } from "../apis/read-json.ts";
import type { Budget } from "./budget.ts";
import { openSchema } from "./merge-schema.ts";

/** One scheme that a request must satisfy. */
export interface SecurityScheme {
  name: string;
  /** In words: "API key in the header X-Api-Key", "HTTP bearer". */
  type: string;
  /** Markdown. */
  description: string;
  scopes: string[];
}

/** The ways to authenticate a request: each a list of schemes that are all needed. Empty: the document names none. */
export interface SecurityInfo {
  alternatives: SecurityScheme[][];
  /** Whether a request without authentication is accepted as well. */
  optional: boolean;
}

/** Where a request carries the key. */
export interface KeyLocation {
  in: "header" | "query";
  name: string;
  /** Before the key: "Bearer ". */
  prefix: string;
}

/** Without a scheme in the document, as gateways read it (docs/integrate/gateways/README.md). */
const DEFAULT_LOCATION: KeyLocation = { in: "header", name: "X-Api-Key", prefix: "" };
const MAX_ALTERNATIVES = 20;
const MAX_SCOPES = 50;

type Requirement = [name: string, scopes: unknown][];

function requirementsOf(
  document: Record<string, unknown>,
  operation: Record<string, unknown>,
): Requirement[] {
  const given = operation.security ?? document.security;
  if (!Array.isArray(given)) return [];
  return given.slice(0, MAX_ALTERNATIVES).map((each) => Object.entries(toObject(each) ?? {}));
}

function schemeOf(document: Record<string, unknown>, name: string): Record<string, unknown> | null {
  const schemes = toObject(toObject(document.components)?.securitySchemes) ?? {};
  return Object.hasOwn(schemes, name) ? openSchema(document, schemes[name]).schema : null;
}

/** How requests of an operation are authenticated. */
export function readSecurity(
  document: Record<string, unknown>,
  operation: Record<string, unknown>,
  budget: Budget,
): SecurityInfo {
  const requirements = requirementsOf(document, operation);
  return {
    optional: requirements.some((schemes) => schemes.length === 0),
    alternatives: requirements
      .filter((schemes) => schemes.length > 0)
      .map((schemes) =>
        schemes.slice(0, MAX_ALTERNATIVES).map(([name, scopes]): SecurityScheme => {
          const scheme = schemeOf(document, name);
          return {
            name: budget.text(name, 100),
            type: budget.text(typeText(scheme), 200),
            description: budget.text(scheme?.description, 1_000),
            scopes: (Array.isArray(scopes) ? scopes.slice(0, MAX_SCOPES) : []).map((scope) =>
              budget.text(textOf(scope), 200),
            ),
          };
        }),
      ),
  };
}

function typeText(scheme: Record<string, unknown> | null): string {
  if (scheme === null) return "Not described";
  const { type, name, scheme: http, bearerFormat, openIdConnectUrl } = scheme;
  if (type === "apiKey") return `API key in the ${textOf(scheme.in)} ${textOf(name)}`;
  if (type === "http") {
    const format = typeof bearerFormat === "string" ? ` (${bearerFormat})` : "";
    return `HTTP ${textOf(http)}${format}`;
  }
  if (type === "oauth2") return `OAuth 2.0: ${Object.keys(toObject(scheme.flows) ?? {}).join(", ")}`;
  if (type === "openIdConnect") return `OpenID Connect: ${textOf(openIdConnectUrl)}`;
  return type === "mutualTLS" ? "TLS client certificate" : textOf(type);
}

/** Where a request of the operation carries the key: by the first scheme that a key can satisfy. */
export function keyLocationOf(
  document: Record<string, unknown>,
  operation: Record<string, unknown>,
): KeyLocation {
  for (const [name] of requirementsOf(document, operation).flat()) {
    const scheme = schemeOf(document, name);
    const location = scheme && locationIn(scheme);
    if (location) return location;
  }
  return DEFAULT_LOCATION;
}

/** A field name of HTTP (RFC 9110, section 5.1). */
const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

function locationIn({ type, in: where, name, scheme }: Record<string, unknown>): KeyLocation | null {
  if (type === "apiKey" && typeof name === "string") {
    if (where === "header" && FIELD_NAME.test(name)) {
      return { in: "header", name, prefix: name.toLowerCase() === "authorization" ? "Bearer " : "" };
    }
    return where === "query" ? { in: "query", name: name.slice(0, 100), prefix: "" } : null;
  }
  const isBearer = type === "http" && textOf(scheme).toLowerCase() === "bearer";
  if (!isBearer && type !== "oauth2" && type !== "openIdConnect") return null;
  return { in: "header", name: "Authorization", prefix: "Bearer " };
}

/** A text of the document. Anything else is empty: converting an object would call what the document says. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
