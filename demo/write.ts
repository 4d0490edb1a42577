import { DAY_MS } from "#core/time.ts";
import { hashToken, hintOf } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import type { UsageAggregate } from "./aggregate.ts";
import type { Fixtures } from "./fixtures.ts";
import { auditOf } from "./history.ts";
import { LIVE_CHANGELOG, LIVE_DOCUMENT, LIVE_GUIDE } from "./live-document.ts";
import { PROJECT_RULES } from "./restrictions.ts";
import { writeKeys } from "./write-keys.ts";

/** How long an invitation is valid. */
const INVITATION_DAYS = 7;

/** Writes all of the demo except its usage. */
export async function writeFixtures(
  tx: Tx,
  fixtures: Fixtures,
  passwordHash: string,
  usage: UsageAggregate,
): Promise<void> {
  const { q, t } = tx;
  const userId = new Map(fixtures.people.map((person) => [person.ref, person.id]));
  const by = (ref: string) => fixtures.people.find((person) => person.ref === ref)?.id ?? "";
  const apiId = (slug: string) => fixtures.apis.find((api) => api.slug === slug)?.id ?? "";
  const admin = by("ada");
  await q.insert(t.users).values(
    fixtures.people.map(({ id, email, name, siteRole, createdAt, disabledAt }) => ({
      id,
      email,
      name,
      siteRole,
      createdAt,
      disabledAt,
      passwordHash,
    })),
  );
  await q.insert(t.apis).values(
    fixtures.apis.map(({ id, slug, name, description, access, baseUrl, createdAt, scopes = {} }) => ({
      id,
      slug,
      scopes: Object.entries(scopes).map(([name, description]) => ({
        name,
        description,
        fromDocument: slug === "live",
      })),
      name,
      description,
      access,
      baseUrl,
      allowKeyInUrl: false,
      openapi: slug === "live" ? LIVE_DOCUMENT : null,
      createdAt,
      updatedAt: createdAt,
    })),
  );
  const ofLive = { apiId: apiId("live"), updatedAt: fixtures.nowMs };
  await q.insert(t.guides).values([
    { ...ofLive, slug: "first-stream", title: "Your first stream", body: LIVE_GUIDE, position: 0 },
    { ...ofLive, slug: "", title: "", body: LIVE_CHANGELOG, position: 0 },
  ]);
  await q.insert(t.operations).values(
    fixtures.apis.flatMap((api) =>
      api.operations.map(([name, method, path, summary, scope], position) => ({
        apiId: api.id,
        requiredScopes: scope === undefined ? null : [[scope]],
        name,
        method,
        path,
        summary,
        position,
      })),
    ),
  );
  await q.insert(t.serviceTokens).values(
    fixtures.serviceTokens.map(({ id, name, token, api, createdAt, revokedAt }) => ({
      id,
      name,
      hash: hashToken(token),
      hint: hintOf(token),
      apiId: api === null ? null : apiId(api),
      trustedProxies: [],
      createdAt,
      createdBy: admin,
      revokedAt,
    })),
  );
  for (const project of fixtures.projects) {
    const createdBy = by(project.members[0]?.person ?? "ada");
    const { id: projectId, name, createdAt, deletedAt } = project;
    const row = { id: projectId, name, createdAt, createdBy, deletedAt };
    await q.insert(t.projects).values({ ...row, ...PROJECT_RULES[name] });
    await q.insert(t.memberships).values(
      project.members.map(({ person, role, createdAt }) => ({
        projectId,
        userId: userId.get(person) ?? "",
        role,
        createdAt,
      })),
    );
    await q.insert(t.projectApis).values(
      project.apis.map(({ api, status, askedAt, decidedAt, reason, message }) => ({
        projectId,
        apiId: apiId(api),
        status,
        requestedBy: createdBy,
        requestedAt: askedAt,
        decidedBy: decidedAt === null ? null : admin,
        decidedAt,
        reason: reason ?? null,
        message: message ?? null,
      })),
    );
  }
  const { token, ...invitation } = fixtures.invitation;
  await q.insert(t.invitations).values({
    ...invitation,
    kind: "project",
    hash: hashToken(token),
    createdBy: by("chiara"),
    expiresAt: invitation.createdAt + INVITATION_DAYS * DAY_MS,
  });
  await writeKeys(tx, fixtures, usage);
  await q.insert(t.audit).values(auditOf(fixtures));
}
