/*
 * A service that uses each part of the installed SDK. package.test.ts runs it in the oldest versions of Node that the
 * SDK supports, and reads what it prints. Arguments: the mode, and a folder for the journal.
 */
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Latchkey } from "@latchkey/sdk";
import { AccessTokenVerifier } from "@latchkey/sdk/access-tokens";
import { createManagementClient } from "@latchkey/sdk/management";
import { protect } from "@latchkey/sdk/web";
import { verifyWebhook } from "@latchkey/sdk/webhooks";

const [mode, journalDir] = process.argv.slice(2);
const settings = JSON.parse(process.env.LATCHKEY_SDK_DEPLOYMENT);
const { verifierUrl, portalUrl, managementToken, projectId } = settings;
const CALLS = 40;

const management = createManagementClient({ url: portalUrl, token: managementToken });

async function created(path, params, body) {
  const { data, error } = await management.POST(path, { params: { path: params }, body });
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

const keyOf = (fields) =>
  created("/api/v1/projects/{projectId}/keys", { projectId }, { environment: "live", ...fields });
const key = await keyOf({ name: process.version });
const limited = await keyOf({ name: "limited", limits: { quota: { limit: 1, period: "day" } } });
const { token } = await created(
  "/api/v1/admin/service-tokens",
  {},
  {
    name: process.version,
    api: "badges",
    localVerification: true,
  },
);

const errors = [];
const latchkey = new Latchkey({
  url: verifierUrl,
  token,
  // The time in which a new service token is known everywhere is not what this tests.
  timeoutMs: 10_000,
  ...(mode === "local" && { mode, journalDir, onLocalError: (error) => errors.push(String(error)) }),
});
if (mode === "local") {
  const endsAt = Date.now() + 10_000;
  while (!latchkey.isLocal && Date.now() < endsAt) await sleep(10);
}
const isLocal = latchkey.isLocal;
const handler = protect(latchkey, (_, verdict) => Response.json({ caller: verdict.name }));
const statusOf = async (headers) =>
  (await handler(new Request("https://badges.example/badges", { headers }))).status;
const statuses = [
  await statusOf({}),
  await statusOf({ "X-Api-Key": "lk_live_wrong" }),
  await statusOf({ "X-Api-Key": limited.secret }),
  await statusOf({ Authorization: `Bearer ${limited.secret}` }),
];
for (let call = 0; call < CALLS; call++) statuses.push(await statusOf({ "X-Api-Key": key.secret }));
await latchkey.close();

const secret = Buffer.alloc(24, 1);
const body = JSON.stringify({ type: "key.revoked", timestamp: new Date().toISOString(), data: {} });
const timestamp = String(Math.floor(Date.now() / 1_000));
const signature = createHmac("sha256", secret).update(`evt_1.${timestamp}.${body}`).digest("base64");
const event = await verifyWebhook({
  secret: `whsec_${secret.toString("base64")}`,
  body,
  headers: {
    "webhook-id": "evt_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  },
});

const tokens = new AccessTokenVerifier({ url: verifierUrl, token, issuer: portalUrl, api: "badges" });
const grant = { grant_type: "client_credentials", resource: "badges" };
const exchanged = await fetch(`${portalUrl}/oauth/token`, {
  method: "POST",
  headers: { Authorization: `Basic ${btoa(`${key.key.id}:${key.secret}`)}` },
  body: new URLSearchParams(grant),
});
const { access_token: accessToken } = await exchanged.json();
const outcome = await tokens.verify(accessToken);
await tokens.close();

console.log(
  JSON.stringify({
    node: process.version,
    isLocal,
    errors,
    keyId: key.key.id,
    statuses,
    event: event.type,
    accessToken: outcome.valid,
    // The exchange for the access token is counted too.
    calls: CALLS + 1,
  }),
);
