import { randomUUID } from "node:crypto";
import type { Db } from "#db/open.ts";
import { createScimToken } from "#domain/access/scim/tokens.ts";
import { SecurityLog } from "#domain/access/security/log.ts";
import type { Ctx, UserActor } from "#domain/context.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { parseSettings } from "#platform/settings.ts";
import type { Services } from "#server/context.ts";
import { serveScim } from "#server/scim/serve.ts";
import type { ApiResponse } from "./api.ts";
import { ctxOf, makeAdmin, START, TEST_SETTINGS } from "./people.ts";

/** An administrator who has just confirmed their identity. */
export async function makeConfirmedAdmin(db: Db, nowMs = START): Promise<UserActor> {
  return { ...(await makeAdmin(db)), session: { id: "ses_test", confirmedAt: nowMs } };
}

/** Creates a SCIM token and returns it. */
export async function makeScimToken(db: Db, admin: UserActor): Promise<string> {
  const input = { name: "Entra ID" };
  return (await createScimToken({ ctx: ctxOf(db, admin), input })).token;
}

interface ScimOptions {
  settings?: Partial<Ctx["settings"]>;
  securityLog?: SecurityLog;
}

/** Calls the SCIM API without a network, as an identity provider: `scim("POST", "/Users", body)`. */
export function scimOf(db: Db, token: string | null, { settings = {}, securityLog }: ScimOptions = {}) {
  const services: Services = {
    db,
    settings: { ...parseSettings({}), ...TEST_SETTINGS, ...settings },
    sendMail: null,
    sealer: sealerWith("only-for-tests-only-for-tests-0123456789"),
    securityLog: securityLog ?? silent(db),
  };
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiResponse> => {
    const request = new Request(`http://localhost/scim/v2${path}`, {
      method,
      headers: {
        [CLIENT_IP_HEADER]: "198.51.100.7",
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/scim+json" }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
      ...(body instanceof ReadableStream && { duplex: "half" }),
    });
    const response = await serveScim(request, async () => services);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text === "" ? undefined : JSON.parse(text),
    };
  };
}

const isRaw = (body: unknown): body is string | ReadableStream =>
  typeof body === "string" || body instanceof ReadableStream;

function silent(db: Db): SecurityLog {
  const log = new SecurityLog({ db, now: Date.now, line: () => {}, onError: () => {} });
  log.record = () => {};
  return log;
}

const CORE = "urn:ietf:params:scim:schemas:core:2.0";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A user as Entra ID sends it by default, with attributes that Latchkey does not have. */
export function entraUser(name: string, more: Record<string, unknown> = {}) {
  return {
    schemas: [`${CORE}:User`, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    externalId: randomUUID(),
    userName: `${name}@Acme.example`,
    active: true,
    displayName: name,
    emails: [{ primary: true, type: "work", value: `${name}@acme.example` }],
    meta: { resourceType: "User" },
    name: { formatted: `${name} Example`, familyName: "Example", givenName: name },
    roles: [],
    title: "Engineer",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Payments" },
    ...more,
  };
}

export const patch = (...Operations: object[]) => ({ schemas: [PATCH], Operations });
