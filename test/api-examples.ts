import { eq } from "drizzle-orm";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { createProjectToken } from "#domain/access/management-tokens/project-tokens.ts";
import type { Example } from "./example.ts";
import { ctxOf, makeMember } from "./people.ts";
import { PLAN_EXAMPLES } from "./plan-examples.ts";
import type { ProjectFixture } from "./project-fixture.ts";

const keyOf = async ({ call, projectId }: ProjectFixture) => {
  const body = { name: "checkout", environment: "live", restrictions: { apis: [{ api: "badges" }] } };
  const created = await call.owner("POST", `/projects/${projectId}/keys`, { body });
  return { keyId: String(created.json.key.id), secret: String(created.json.secret) };
};
const pendingKey = async (fixture: ProjectFixture) => {
  const { keyId } = await keyOf(fixture);
  await fixture.db.write(({ q, t: { keys } }) =>
    q
      .update(keys)
      .set({ enabled: false, disabledBy: "policy", approval: "pending" })
      .where(eq(keys.id, keyId)),
  );
  return { keyId };
};
const hookOf = async ({ call, projectId }: ProjectFixture) => {
  const body = { url: "https://example.com/hooks" };
  const { json } = await call.owner("POST", `/projects/${projectId}/webhooks`, { body });
  return { webhookId: String(json.webhook.id) };
};
const alertOf = async ({ call, projectId }: ProjectFixture) => {
  const body = { rule: { kind: "quota", percent: 50 } };
  const { json } = await call.owner("POST", `/projects/${projectId}/alerts`, { body });
  return { alertId: String(json.id) };
};
const testedHook = async (fixture: ProjectFixture) => {
  const { webhookId } = await hookOf(fixture);
  const { json } = await fixture.call.owner(
    "POST",
    `/projects/${fixture.projectId}/webhooks/${webhookId}/test`,
  );
  return { webhookId, deliveryId: String(json.deliveryId) };
};
const rotatedKey = async (fixture: ProjectFixture) => {
  const { keyId } = await keyOf(fixture);
  const { call, projectId } = fixture;
  const { json } = await call.owner("POST", `/projects/${projectId}/keys/${keyId}/rotate`, { body: {} });
  return { keyId, secretId: String(json.key.secrets[1].id) };
};
const memberId = async ({ people }: ProjectFixture) => ({ userId: people.viewer.userId });
const pendingAccess = async ({ call, projectId }: ProjectFixture) => {
  await call.owner("PUT", `/projects/${projectId}/apis/offers`, { body: {} });
  return { slug: "offers" };
};
const linkFor = async ({ call, people, projectId }: ProjectFixture) => {
  const body = { email: people.stranger.email, role: "viewer" };
  const { json } = await call.owner("POST", `/projects/${projectId}/invitations`, { body });
  return {
    invitationId: String(json.invitation.id),
    token: new URL(json.link).searchParams.get("token") ?? "",
  };
};

const badges = async () => ({ slug: "badges" });
const guideOf = async ({ call }: ProjectFixture) => {
  await call.admin("PUT", "/apis/badges/guides/start", { body: { title: "Start", body: "Send your key." } });
  return { slug: "badges", guide: "start" };
};

const serviceTokenId = async ({ call }: ProjectFixture) => {
  const { json } = await call.admin("POST", "/admin/service-tokens", { body: { name: "edge" } });
  return { serviceTokenId: String(json.serviceToken.id) };
};

const exportId = async ({ call, projectId }: ProjectFixture) => {
  const body = { name: "Billing", adapter: "cloudevents", url: "https://billing.example/events" };
  const { json } = await call.admin("POST", "/admin/billing-exports", { body });
  return { exportId: String(json.id), projectId };
};

const projectTokenId = async ({ db, people, projectId }: ProjectFixture) => {
  const { managementToken } = await createProjectToken({
    ctx: ctxOf(db, people.owner),
    input: { projectId, name: "ci", role: "viewer" },
  });
  return { managementTokenId: managementToken.id };
};

const P = "/api/v1/projects/{projectId}";
const E = "/api/v1/admin/billing-exports/{exportId}";
const tokenOfLink: { token: string } = { token: "" };

/** An example of every route. */
export const EXAMPLES: Record<string, Example> = {
  ...PLAN_EXAMPLES,
  "GET /api/v1/projects": { least: "stranger", query: "?limit=5" },
  "POST /api/v1/projects": { least: "stranger", body: () => ({ name: "Chat" }) },
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
    body: () => ({ lapsesAt: new Date(Date.now() + 3_600_000).toISOString() }),
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

  "POST /api/v1/keys/try": { least: "stranger", body: () => ({ key: "lk_live_typo" }) },
  "GET /api/v1/me": { least: "stranger" },
  "GET /api/v1/me/tokens": { least: "stranger" },
  "DELETE /api/v1/me/tokens/{managementTokenId}": {
    least: "stranger",
    async prepare({ db, people }) {
      const ctx = ctxOf(db, people.stranger);
      const { managementToken } = await createManagementToken({ ctx, input: { name: "short-lived" } });
      return { managementTokenId: managementToken.id };
    },
  },
  "POST /api/v1/me/invitations": {
    least: "stranger",
    async prepare(fixture) {
      Object.assign(tokenOfLink, await linkFor(fixture));
      return {};
    },
    body: () => ({ token: tokenOfLink.token }),
  },
  "POST /api/v1/leaks": {
    least: "stranger",
    body: () => ({ found: [{ token: "lk_live_junk", type: "latchkey", url: "https://example.com/a" }] }),
  },
  "GET /api/v1/me/notices": { least: "stranger", query: "?unread=true" },
  "POST /api/v1/me/notices/read": {
    least: "stranger",
    body: () => ({ upTo: "evt_none" }),
  },
  "GET /api/v1/apis": { least: "stranger", query: "?search=bad" },
  "GET /api/v1/apis/{slug}": { least: "stranger", prepare: badges },
  "POST /api/v1/apis": {
    least: "admin",
    body: () => ({ slug: "live", name: "Live", description: "", access: "open", operations: [] }),
  },
  "PATCH /api/v1/apis/{slug}": { least: "admin", prepare: badges, body: () => ({ description: "Badges." }) },
  "DELETE /api/v1/apis/{slug}": { least: "admin", prepare: async () => ({ slug: "offers" }) },
  "GET /api/v1/apis/{slug}/audience": { least: "admin", prepare: badges },
  "GET /api/v1/apis/{slug}/guides": { least: "stranger", prepare: guideOf },
  "GET /api/v1/apis/{slug}/guides/{guide}": { least: "stranger", prepare: guideOf },
  "PUT /api/v1/apis/{slug}/guides/{guide}": {
    least: "admin",
    prepare: async () => ({ slug: "badges", guide: "start" }),
    body: () => ({ title: "Start", body: "Send your key." }),
  },
  "DELETE /api/v1/apis/{slug}/guides/{guide}": { least: "admin", prepare: guideOf },
  "GET /api/v1/apis/{slug}/changelog": { least: "stranger", prepare: badges },
  "PUT /api/v1/apis/{slug}/changelog": { least: "admin", prepare: badges, body: () => ({ body: "## 1.0" }) },

  "GET /api/v1/admin/billing-exports": { least: "admin", prepare: exportId },
  "POST /api/v1/admin/billing-exports": {
    least: "admin",
    body: () => ({ name: "Stripe", adapter: "stripe", eventName: "api_units", secret: "sk_live_example" }),
  },
  [`GET ${E}`]: { least: "admin", prepare: exportId },
  [`PATCH ${E}`]: { least: "admin", prepare: exportId, body: () => ({ enabled: false }) },
  [`DELETE ${E}`]: { least: "admin", prepare: exportId },
  [`POST ${E}/test`]: { least: "admin", prepare: exportId },
  [`POST ${E}/replay`]: {
    least: "admin",
    prepare: exportId,
    body: () => ({ from: new Date(Date.now() - 86_400_000).toISOString() }),
  },
  [`GET ${E}/held`]: { least: "admin", prepare: exportId },
  [`POST ${E}/held/resend`]: { least: "admin", prepare: exportId },
  [`GET ${E}/reconciliation`]: { least: "admin", prepare: exportId, query: "?interval=hour" },
  [`GET ${E}/customers`]: { least: "admin", prepare: exportId },
  [`PUT ${E}/customers/{projectId}`]: {
    least: "admin",
    prepare: exportId,
    body: () => ({ customer: "cus_example" }),
  },
  [`DELETE ${E}/customers/{projectId}`]: { least: "admin", prepare: exportId },

  "GET /api/v1/audit": { least: "admin", query: "?limit=3" },
  "GET /api/v1/audit/export": { least: "admin", query: "?action=project" },
  "GET /api/v1/admin/keys": { least: "admin", prepare: keyOf, query: "?unusedForDays=0" },
  "POST /api/v1/admin/keys/revoke": {
    least: "admin",
    body: () => ({ keyIds: ["key_none"], reason: "leaked" }),
  },
  "PUT /api/v1/admin/keys/{keyId}/exemption": {
    least: "admin",
    prepare: keyOf,
    body: () => ({ reason: "once a year", until: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  "DELETE /api/v1/admin/keys/{keyId}/exemption": { least: "admin", prepare: keyOf },
  "POST /api/v1/admin/policies/dry-run": {
    least: "admin",
    body: () => ({ rule: { warnDays: 30, disableDays: null, revokeDays: 90 } }),
  },
  "POST /api/v1/admin/projects/{projectId}/suspend": {
    least: "admin",
    body: () => ({ reason: "abuse" }),
  },
  "PUT /api/v1/admin/projects/{projectId}/ceiling": {
    least: "admin",
    body: () => ({ ceiling: { rate: { limit: 100, windowSeconds: 60 } } }),
  },
  "POST /api/v1/admin/projects/{projectId}/resume": { least: "admin" },
  "GET /api/v1/admin/verifiers": { least: "admin" },
  "GET /api/v1/admin/policies": { least: "stranger" },
  "PATCH /api/v1/admin/policies": {
    least: "admin",
    body: () => ({ liveKeysNeedApplicationRestriction: true }),
  },
  "GET /api/v1/admin/exemptions": { least: "admin", query: "?policy=unused" },
  "PUT /api/v1/admin/keys/{keyId}/rule-exemption": {
    least: "admin",
    prepare: keyOf,
    body: () => ({ reason: "Old device", until: new Date(Date.now() + 86_400_000).toISOString() }),
  },
  "DELETE /api/v1/admin/keys/{keyId}/rule-exemption": { least: "admin", prepare: keyOf },
  "POST /api/v1/admin/policies/key-rules/dry-run": { least: "admin", body: () => ({}) },
  "GET /api/v1/admin/approvals": { least: "admin", prepare: pendingAccess },
  "PUT /api/v1/admin/projects/{projectId}/apis/{slug}": {
    least: "admin",
    prepare: pendingAccess,
    body: () => ({ decision: "approve", message: "Welcome." }),
  },
  "GET /api/v1/admin/management-tokens": { least: "admin", query: "?expires=never" },
  "GET /api/v1/admin/service-tokens": { least: "admin" },
  "POST /api/v1/admin/service-tokens": {
    least: "admin",
    body: () => ({ name: "edge", api: "badges", trustedProxies: ["10.0.0.0/8"] }),
  },
  "PATCH /api/v1/admin/service-tokens/{serviceTokenId}": {
    least: "admin",
    prepare: serviceTokenId,
    body: () => ({ localVerification: true }),
  },
  "DELETE /api/v1/admin/service-tokens/{serviceTokenId}": { least: "admin", prepare: serviceTokenId },
  "POST /api/v1/admin/service-tokens/{serviceTokenId}/rotate": {
    least: "admin",
    prepare: serviceTokenId,
    body: () => ({ overlapSeconds: 60 }),
  },
  "DELETE /api/v1/admin/service-tokens/{serviceTokenId}/older": { least: "admin", prepare: serviceTokenId },
  "GET /api/v1/admin/users": { least: "admin" },
  "PUT /api/v1/admin/users/{userId}/role": {
    least: "admin",
    prepare: memberId,
    body: () => ({ siteRole: "admin" }),
  },
  "POST /api/v1/admin/users/{userId}/disable": { least: "admin", prepare: memberId },
  "POST /api/v1/admin/users/{userId}/enable": { least: "admin", prepare: memberId },
};
