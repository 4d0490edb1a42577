import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Example } from "./example.ts";
import {
  exportId,
  keyOf,
  memberId,
  pendingAccess,
  serviceTokenId,
  siteHookOf,
  testedSiteHook,
} from "./example-subjects.ts";

const E = "/api/v1/admin/billing-exports/{exportId}";
const W = "/api/v1/admin/webhooks";

/** An example of every route of administrators, without plans. */
export const ADMIN_EXAMPLES: Record<string, Example> = {
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
    body: () => ({ from: new Date(Date.now() - DAY_MS).toISOString() }),
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
  [`GET ${W}`]: { least: "admin", prepare: siteHookOf },
  [`POST ${W}`]: {
    least: "admin",
    body: () => ({
      url: "https://hooks.slack.com/services/T0/B0/x",
      format: "slack",
      kinds: ["key.created"],
    }),
  },
  [`GET ${W}/{webhookId}`]: { least: "admin", prepare: siteHookOf },
  [`PATCH ${W}/{webhookId}`]: { least: "admin", prepare: siteHookOf, body: () => ({ enabled: false }) },
  [`DELETE ${W}/{webhookId}`]: { least: "admin", prepare: siteHookOf },
  [`POST ${W}/{webhookId}/rotate-secret`]: { least: "admin", prepare: siteHookOf },
  [`POST ${W}/{webhookId}/test`]: { least: "admin", prepare: siteHookOf },
  [`GET ${W}/{webhookId}/deliveries`]: { least: "admin", prepare: testedSiteHook },
  [`POST ${W}/{webhookId}/deliveries/{deliveryId}/replay`]: { least: "admin", prepare: testedSiteHook },
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
    body: () => ({ reason: "once a year", until: new Date(Date.now() + HOUR_MS).toISOString() }),
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
  "GET /api/v1/admin/deleted-projects": { least: "admin" },
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
    body: () => ({ reason: "Old device", until: new Date(Date.now() + DAY_MS).toISOString() }),
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
