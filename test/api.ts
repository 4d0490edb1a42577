import { newId } from "#core/ids.ts";
import { MANAGEMENT_SCOPES, type ManagementScope, type ProjectTokenRole } from "#core/scopes.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { TokenOwner } from "#domain/access/management-tokens/create.ts";
import { SecurityLog } from "#domain/access/security/log.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { parseSettings } from "#platform/settings.ts";
import type { Route } from "#server/api/route.ts";
import { API_ROUTES } from "#server/api/routes/index.ts";
import { serveApi } from "#server/api/serve.ts";
import type { Services } from "#server/context.ts";
import { START, TEST_SETTINGS } from "./people.ts";

/** Creates a management token of this user, by default with every scope. */
export async function makeManagementToken(
  db: Db,
  userId: string,
  scopes: readonly ManagementScope[] = MANAGEMENT_SCOPES,
): Promise<string> {
  return insertToken(db, { userId }, scopes);
}

/** Creates a management token of this project, by default with every scope, including those that its role can't use. */
export function makeProjectToken(
  db: Db,
  owner: { projectId: string; role: ProjectTokenRole; createdBy: string },
  scopes: readonly ManagementScope[] = MANAGEMENT_SCOPES,
): Promise<string> {
  return insertToken(db, owner, scopes);
}

async function insertToken(db: Db, owner: TokenOwner, scopes: readonly ManagementScope[]): Promise<string> {
  const token = generateToken(TEST_SETTINGS.keyPrefix, "mgt");
  const row = {
    id: newId("managementToken"),
    ...owner,
    name: "script",
    scopes: [...scopes],
    createdAt: START,
  };
  await db.write((tx) =>
    tx.q.insert(tx.t.managementTokens).values({ ...row, hash: hashToken(token), hint: hintOf(token) }),
  );
  return token;
}

export interface ApiResponse {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined if it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; wrong shapes fail it.
  json: any;
}

export interface CallOptions {
  body?: unknown;
  /** Exact bytes, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
  headers?: Record<string, string>;
}

/** Records nothing: its delayed writes would fall into other tests. */
function silentSecurityLog(db: Db): SecurityLog {
  const log = new SecurityLog({ db, now: Date.now, line: () => {}, onError: () => {} });
  log.record = () => {};
  return log;
}

/** The services of a portal on this database. */
export function servicesOf(db: Db, securityLog = silentSecurityLog(db)): Services {
  return {
    db,
    settings: { ...parseSettings({}), ...TEST_SETTINGS },
    sendMail: null,
    sealer: sealerWith("only-for-tests-only-for-tests-0123456789"),
    securityLog,
  };
}

/** Calls the HTTP API without a network: `apiOf(db)(token)("POST", "/projects", { body })`. */
export function apiOf(db: Db, routes: Route[] = API_ROUTES, securityLog = silentSecurityLog(db)) {
  const services = servicesOf(db, securityLog);
  return (token: string | null) =>
    async (method: string, path: string, { body, raw, headers }: CallOptions = {}): Promise<ApiResponse> => {
      const bytes = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const request = new Request(`http://localhost/api/v1${path}`, {
        method,
        headers: {
          [CLIENT_IP_HEADER]: "198.51.100.7",
          ...(token !== null && { Authorization: `Bearer ${token}` }),
          ...(bytes !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(bytes !== undefined && { body: bytes }),
        ...(bytes instanceof ReadableStream && { duplex: "half" }),
      });
      const response = await serveApi(routes, request, async () => services);
      const text = await response.text();
      const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "") && text !== "";
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson ? JSON.parse(text) : undefined,
      };
    };
}
