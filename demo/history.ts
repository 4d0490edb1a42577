import { newId } from "#core/ids.ts";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { hintOf } from "#core/tokens.ts";
import type { Tables } from "#db/schema.ts";
import type { FixtureKey, FixtureProject, Fixtures } from "./fixtures.ts";
import type { PersonName } from "./people.ts";

export type AuditRow = Omit<Tables["audit"]["$inferInsert"], "seq">;

interface Event {
  at: number;
  by: PersonName;
  action: string;
  projectId?: string;
  subject: { id: string; name: string };
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** The demo's audit log, oldest first. */
export function auditOf(fixtures: Fixtures): AuditRow[] {
  const actors = new Map(fixtures.people.map((person) => [person.ref, person]));
  return eventsOf(fixtures)
    .sort((a, b) => a.at - b.at)
    .map(({ at, by, action, projectId, subject, before, after }) => ({
      id: newId("audit"),
      at,
      actorId: actors.get(by)?.id ?? null,
      actorName: actors.get(by)?.name ?? "",
      via: "session",
      address: IP_ADDRESSES[by],
      action,
      projectId: projectId ?? null,
      subjectId: subject.id,
      subjectName: subject.name,
      before: before ?? null,
      after: after ?? null,
    }));
}

/** The users' IP addresses, in the ranges reserved for documentation (RFC 5737, RFC 3849). */
const IP_ADDRESSES: Record<PersonName, string> = {
  ada: "203.0.113.10",
  bruno: "198.51.100.24",
  chiara: "203.0.113.31",
  devika: "198.51.100.77",
  elif: "2001:db8:4f::12",
  grace: "203.0.113.58",
  hugo: "198.51.100.90",
};

function eventsOf(fixtures: Fixtures): Event[] {
  return [
    ...siteEvents(fixtures),
    ...fixtures.projects.flatMap((project) => projectEvents(fixtures, project)),
    ...fixtures.keys.flatMap((key) => keyEvents(fixtures, key)),
  ];
}

function siteEvents({ people, apis, serviceTokens }: Fixtures): Event[] {
  const by = "ada";
  const events: Event[] = [];
  for (const { id, name, email, siteRole, createdAt, disabledAt } of people) {
    events.push({
      at: createdAt,
      by,
      action: "user.created",
      subject: { id, name },
      after: { email, siteRole },
    });
    if (disabledAt) events.push({ at: disabledAt, by, action: "user.disabled", subject: { id, name } });
  }
  for (const { id, slug, name, access, createdAt } of apis) {
    events.push({
      at: createdAt,
      by,
      action: "api.created",
      subject: { id, name },
      after: { slug, name, access },
    });
  }
  for (const { id, name, api, token, createdAt, revokedAt } of serviceTokens) {
    const after = { api, hint: hintOf(token) };
    events.push({ at: createdAt, by, action: "serviceToken.created", subject: { id, name }, after });
    if (revokedAt) events.push({ at: revokedAt, by, action: "serviceToken.revoked", subject: { id, name } });
  }
  return events;
}

function projectEvents({ people, apis, invitation }: Fixtures, project: FixtureProject): Event[] {
  const { id: projectId, name } = project;
  const owner = project.members[0]?.person ?? "ada";
  const events: Event[] = [
    {
      at: project.createdAt,
      by: owner,
      action: "project.created",
      projectId,
      subject: { id: projectId, name },
    },
  ];
  for (const { person, role, createdAt } of project.members.slice(1)) {
    const user = people.find(({ ref }) => ref === person);
    if (!user) continue;
    const subject = { id: user.id, name: user.name };
    events.push({ at: createdAt, by: person, action: "member.joined", projectId, subject, after: { role } });
  }
  for (const { person, role, leftAt } of project.formerMembers) {
    const user = people.find(({ ref }) => ref === person);
    if (!user) continue;
    const subject = { id: user.id, name: user.name };
    const before = { role };
    events.push({ at: leftAt, by: "ada", action: "member.removed", projectId, subject, before });
  }
  for (const { api: slug, status, askedAt, decidedAt, reason, message } of project.apis) {
    const api = apis.find((each) => each.slug === slug);
    if (!api) continue;
    const subject = { id: api.id, name: api.name };
    const requestAction = api.access === "approval" ? "access.requested" : "access.enabled";
    const after = reason ? { reason } : undefined;
    events.push({ at: askedAt, by: owner, action: requestAction, projectId, subject, after });
    if (decidedAt) {
      const action = status === "declined" ? "access.declined" : "access.approved";
      const after = message ? { message } : undefined;
      events.push({ at: decidedAt, by: "ada", action, projectId, subject, after });
    }
  }
  if (project.deletedAt) {
    events.push({
      at: project.deletedAt,
      by: owner,
      action: "project.deleted",
      projectId,
      subject: { id: projectId, name },
    });
  }
  if (invitation.projectId === projectId) {
    const { id, email, role, createdAt } = invitation;
    const subject = { id, name: email };
    events.push({
      at: createdAt,
      by: owner,
      action: "member.invited",
      projectId,
      subject,
      after: { email, role },
    });
  }
  return events;
}

function keyEvents({ projects }: Fixtures, key: FixtureKey): Event[] {
  const { spec, id } = key;
  const { name, environment, apis = [] } = spec;
  const [oldest, newer] = key.secrets;
  const common = {
    by: spec.by,
    projectId: projects.find(({ ref }) => ref === spec.project)?.id,
    subject: { id, name },
  };
  const after = {
    name,
    environment,
    expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
    restrictions: { ...NO_RESTRICTIONS, apis },
    hint: hintOf(oldest?.token ?? ""),
  };
  const events: Event[] = [{ ...common, at: key.createdAt, action: "key.created", after }];
  if (oldest?.overlapEndsAt && newer) {
    const before = { hint: hintOf(oldest.token) };
    const after = { hint: hintOf(newer.token), olderLapsesAt: new Date(oldest.overlapEndsAt).toISOString() };
    events.push({ ...common, by: "devika", at: newer.createdAt, action: "key.rotated", before, after });
  }
  const disabled = { before: { enabled: true }, after: { enabled: false } };
  if (key.disabledAt) {
    events.push({ ...common, by: "ada", at: key.disabledAt, action: "key.disabled", ...disabled });
  }
  if (key.revokedAt) events.push({ ...common, by: "bruno", at: key.revokedAt, action: "key.revoked" });
  return events;
}
