import { HOUR_MS } from "#core/time.ts";
import type { Example } from "./example.ts";
import {
  alertOf,
  badges,
  hookOf,
  keyOf,
  linkFor,
  memberId,
  pendingKey,
  projectTokenId,
  rotatedKey,
  testedHook,
} from "./example-subjects.ts";
import { makeMember } from "./people.ts";

const P = "/api/v1/projects/{projectId}";

/** An example of every route of a project, without its plans. */
export const PROJECT_EXAMPLES: Record<string, Example> = {
  [`GET ${P}`]: { least: "viewer" },
  [`PATCH ${P}`]: { least: "owner", body: () => ({ name: "Renamed" }) },
  [`DELETE ${P}`]: { least: "owner" },
  [`GET ${P}/limits`]: { least: "viewer" },
  [`GET ${P}/audit`]: { least: "owner" },
  [`GET ${P}/audit/export`]: { least: "owner", query: "?format=csv" },
  [`GET ${P}/members`]: { least: "owner" },
  [`PUT ${P}/members/{userId}`]: {
    least: "owner",
    prepare: memberId,
    body: () => ({ role: "developer" }),
  },
  [`DELETE ${P}/members/{userId}`]: {
    least: "owner",
    // None of the callers, because members may remove themselves.
    prepare: async ({ db, projectId }) => ({ userId: (await makeMember(db, projectId, "viewer")).userId }),
  },
  [`POST ${P}/hand-over`]: { least: "owner", body: ({ people }) => ({ userId: people.developer.userId }) },
  [`GET ${P}/invitations`]: { least: "owner", prepare: linkFor },
  [`POST ${P}/invitations`]: {
    least: "owner",
    body: () => ({ email: "new@example.com", role: "developer" }),
  },
  [`DELETE ${P}/invitations/{invitationId}`]: { least: "owner", prepare: linkFor },
  [`GET ${P}/tokens`]: { least: "developer", prepare: projectTokenId },
  [`DELETE ${P}/tokens/{managementTokenId}`]: { least: "owner", prepare: projectTokenId },
  [`DELETE ${P}/tokens/{managementTokenId}/older`]: { least: "owner", prepare: projectTokenId },
  [`GET ${P}/apis`]: { least: "viewer" },
  [`PUT ${P}/apis/{slug}`]: { least: "developer", prepare: async () => ({ slug: "offers" }) },
  [`DELETE ${P}/apis/{slug}`]: { least: "developer", prepare: badges },
  [`GET ${P}/keys`]: { least: "viewer", prepare: keyOf, query: "?status=active&sort=-name" },
  [`POST ${P}/keys`]: { least: "developer", body: () => ({ name: "checkout", environment: "test" }) },
  [`POST ${P}/keys/bulk`]: {
    least: "developer",
    prepare: keyOf,
    body: () => ({ filter: { environment: "live" }, action: "tag", addTags: ["eu"] }),
  },
  [`GET ${P}/keys/import`]: { least: "viewer" },
  [`POST ${P}/keys/import`]: {
    least: "developer",
    query: "?dryRun=false",
    body: () => ({
      shape: { prefix: "old_", minLength: 20, maxLength: 20 },
      keys: [{ name: "old", environment: "live", token: "old_0123456789abcdef" }],
    }),
  },
  [`GET ${P}/keys/{keyId}`]: { least: "viewer", prepare: rotatedKey },
  [`PATCH ${P}/keys/{keyId}`]: { least: "developer", prepare: keyOf, body: () => ({ enabled: false }) },
  [`DELETE ${P}/keys/{keyId}`]: { least: "developer", prepare: keyOf },
  [`POST ${P}/keys/{keyId}/restore`]: {
    least: "developer",
    async prepare(fixture) {
      const { keyId } = await keyOf(fixture);
      await fixture.call.owner("DELETE", `/projects/${fixture.projectId}/keys/${keyId}`);
      return { keyId };
    },
  },
  [`GET ${P}/customers`]: { least: "viewer" },
  [`GET ${P}/keys/{keyId}/rules`]: { least: "viewer", prepare: keyOf },
  [`POST ${P}/keys/{keyId}/approve`]: { least: "owner", prepare: pendingKey },
  [`POST ${P}/keys/{keyId}/refuse`]: {
    least: "owner",
    prepare: pendingKey,
    body: () => ({ reason: "Use the test environment." }),
  },
  [`POST ${P}/keys/{keyId}/rotate`]: {
    least: "developer",
    prepare: keyOf,
    body: () => ({ overlapSeconds: 60 }),
  },
  [`DELETE ${P}/keys/{keyId}/secrets/{secretId}`]: { least: "developer", prepare: rotatedKey },
  [`PATCH ${P}/keys/{keyId}/secrets/{secretId}`]: {
    least: "developer",
    prepare: rotatedKey,
    body: () => ({ lapsesAt: new Date(Date.now() + HOUR_MS).toISOString() }),
  },
  [`GET ${P}/keys/{keyId}/leaks`]: { least: "viewer", prepare: keyOf },
  [`GET ${P}/keys/{keyId}/rotation`]: { least: "viewer", prepare: rotatedKey },
  [`POST ${P}/keys/{keyId}/simulate`]: {
    least: "viewer",
    prepare: keyOf,
    body: () => ({ api: "badges", clientIp: "198.51.100.7", restrictions: { ips: ["198.51.100.0/24"] } }),
  },
  [`POST ${P}/keys/{keyId}/dry-run`]: {
    least: "viewer",
    prepare: keyOf,
    body: () => ({ restrictions: { ips: ["198.51.100.7"] }, days: 30 }),
  },
  [`GET ${P}/keys/{keyId}/suggestions`]: { least: "viewer", prepare: keyOf, query: "?leaveOutRarest=1" },
  [`GET ${P}/keys/{keyId}/trial`]: { least: "viewer", prepare: keyOf },
  [`GET ${P}/requests`]: {
    least: "viewer",
    query: "?outcome=denied&code=IP_NOT_ALLOWED&api=badges&operation=(none)&requestId=req_1&limit=5",
  },
  [`GET ${P}/denials`]: { least: "viewer", query: "?code=IP_NOT_ALLOWED&trial=false" },
  [`POST ${P}/restrictions/explain`]: {
    least: "viewer",
    body: () => ({ restrictions: { ips: ["198.51.100.7/24", "127.1"], referrers: ["*example.com"] } }),
  },
  [`GET ${P}/webhooks`]: { least: "owner", prepare: hookOf },
  [`POST ${P}/webhooks`]: {
    least: "owner",
    body: () => ({ url: "https://example.com/hooks", kinds: ["key.revoked"] }),
  },
  [`GET ${P}/webhooks/{webhookId}`]: { least: "owner", prepare: hookOf },
  [`PATCH ${P}/webhooks/{webhookId}`]: { least: "owner", prepare: hookOf, body: () => ({ enabled: false }) },
  [`DELETE ${P}/webhooks/{webhookId}`]: { least: "owner", prepare: hookOf },
  [`POST ${P}/webhooks/{webhookId}/rotate-secret`]: { least: "owner", prepare: hookOf },
  [`POST ${P}/webhooks/{webhookId}/test`]: { least: "owner", prepare: hookOf },
  [`GET ${P}/webhooks/{webhookId}/deliveries`]: { least: "owner", prepare: testedHook },
  [`POST ${P}/webhooks/{webhookId}/deliveries/{deliveryId}/replay`]: { least: "owner", prepare: testedHook },
  [`GET ${P}/alerts`]: { least: "viewer", prepare: alertOf },
  [`POST ${P}/alerts`]: {
    least: "owner",
    body: () => ({ rule: { kind: "dormant-key", days: 30 }, webhooks: false }),
  },
  [`PATCH ${P}/alerts/{alertId}`]: { least: "owner", prepare: alertOf, body: () => ({ enabled: false }) },
  [`DELETE ${P}/alerts/{alertId}`]: { least: "owner", prepare: alertOf },
  [`GET ${P}/secret-age`]: { least: "viewer" },
  [`POST ${P}/key-rules/dry-run`]: { least: "owner", body: () => ({ rules: null }) },
  [`PUT ${P}/secret-age`]: { least: "owner", body: () => ({ rule: { maxDays: 90, cut: false } }) },
  [`GET ${P}/key-rules`]: { least: "viewer" },
  [`PUT ${P}/key-rules`]: { least: "owner", body: () => ({ rules: null }) },
  [`GET ${P}/statements/{month}`]: {
    least: "viewer",
    prepare: async () => ({ month: new Date().toISOString().slice(0, 7) }),
  },
  [`GET ${P}/usage`]: { least: "viewer", query: "?interval=hour&groupBy=key" },
};
