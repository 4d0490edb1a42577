import { eq } from "drizzle-orm";
import { createProjectToken } from "#domain/access/management-tokens/project-tokens.ts";
import { ctxOf } from "./people.ts";
import type { ProjectFixture } from "./project-fixture.ts";

/** What the examples of routes are about: each creates one and returns the values of the path's parameters. */

export const keyOf = async ({ call, projectId }: ProjectFixture) => {
  const body = { name: "checkout", environment: "live", restrictions: { apis: [{ api: "badges" }] } };
  const created = await call.owner("POST", `/projects/${projectId}/keys`, { body });
  return { keyId: String(created.json.key.id), secret: String(created.json.secret) };
};
export const pendingKey = async (fixture: ProjectFixture) => {
  const { keyId } = await keyOf(fixture);
  await fixture.db.write(({ q, t: { keys } }) =>
    q
      .update(keys)
      .set({ enabled: false, disabledBy: "policy", approval: "pending" })
      .where(eq(keys.id, keyId)),
  );
  return { keyId };
};
export const hookOf = async ({ call, projectId }: ProjectFixture) => {
  const body = { url: "https://example.com/hooks" };
  const { json } = await call.owner("POST", `/projects/${projectId}/webhooks`, { body });
  return { webhookId: String(json.webhook.id) };
};
export const alertOf = async ({ call, projectId }: ProjectFixture) => {
  const body = { rule: { kind: "quota", percent: 50 } };
  const { json } = await call.owner("POST", `/projects/${projectId}/alerts`, { body });
  return { alertId: String(json.id) };
};
export const testedHook = async (fixture: ProjectFixture) => {
  const { webhookId } = await hookOf(fixture);
  const { json } = await fixture.call.owner(
    "POST",
    `/projects/${fixture.projectId}/webhooks/${webhookId}/test`,
  );
  return { webhookId, deliveryId: String(json.deliveryId) };
};
export const siteHookOf = async ({ call }: ProjectFixture) => {
  const body = { url: "https://example.com/hooks" };
  const { json } = await call.admin("POST", "/admin/webhooks", { body });
  return { webhookId: String(json.webhook.id) };
};
export const testedSiteHook = async (fixture: ProjectFixture) => {
  const { webhookId } = await siteHookOf(fixture);
  const { json } = await fixture.call.admin("POST", `/admin/webhooks/${webhookId}/test`);
  return { webhookId, deliveryId: String(json.deliveryId) };
};
export const rotatedKey = async (fixture: ProjectFixture) => {
  const { keyId } = await keyOf(fixture);
  const { call, projectId } = fixture;
  const { json } = await call.owner("POST", `/projects/${projectId}/keys/${keyId}/rotate`, { body: {} });
  return { keyId, secretId: String(json.key.secrets[1].id) };
};
export const memberId = async ({ people }: ProjectFixture) => ({ userId: people.viewer.userId });
export const pendingAccess = async ({ call, projectId }: ProjectFixture) => {
  await call.owner("PUT", `/projects/${projectId}/apis/offers`, { body: {} });
  return { slug: "offers" };
};
export const linkFor = async ({ call, people, projectId }: ProjectFixture) => {
  const body = { email: people.stranger.email, role: "viewer" };
  const { json } = await call.owner("POST", `/projects/${projectId}/invitations`, { body });
  return {
    invitationId: String(json.invitation.id),
    token: new URL(json.link).searchParams.get("token") ?? "",
  };
};

export const badges = async () => ({ slug: "badges" });
export const guideOf = async ({ call }: ProjectFixture) => {
  await call.admin("PUT", "/apis/badges/guides/start", { body: { title: "Start", body: "Send your key." } });
  return { slug: "badges", guide: "start" };
};

export const serviceTokenId = async ({ call }: ProjectFixture) => {
  const { json } = await call.admin("POST", "/admin/service-tokens", { body: { name: "edge" } });
  return { serviceTokenId: String(json.serviceToken.id) };
};

export const exportId = async ({ call, projectId }: ProjectFixture) => {
  const body = { name: "Billing", adapter: "cloudevents", url: "https://billing.example/events" };
  const { json } = await call.admin("POST", "/admin/billing-exports", { body });
  return { exportId: String(json.id), projectId };
};

export const projectTokenId = async ({ db, people, projectId }: ProjectFixture) => {
  const { managementToken } = await createProjectToken({
    ctx: ctxOf(db, people.owner),
    input: { projectId, name: "ci", role: "viewer" },
  });
  return { managementTokenId: managementToken.id };
};
