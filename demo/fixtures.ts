import { newId } from "#core/ids.ts";
import { HOUR_MS, startOf } from "#core/time.ts";
import { generateToken, randomBase62 } from "#core/tokens.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { DEMO_APIS, type DemoApi } from "./apis.ts";
import { daysAgo, hourOn } from "./hours.ts";
import { BOT_KEYS } from "./keys/bots.ts";
import { GROWTH_KEYS } from "./keys/growth.ts";
import { MOBILE_KEYS } from "./keys/mobile.ts";
import { STUDIO_KEYS } from "./keys/studio.ts";
import type { DemoKey } from "./keys/types.ts";
import {
  DEMO_PEOPLE,
  DEMO_PROJECTS,
  type DemoAccess,
  type DemoPerson,
  type DemoProject,
  type PersonName,
  type ProjectName,
} from "./people.ts";

/** The demo with ids, instants and secrets: all data before it is written. Epoch ms. */
export interface Fixtures {
  nowMs: number;
  people: (DemoPerson & { id: string; ref: PersonName; createdAt: number; disabledAt: number | null })[];
  apis: (DemoApi & { id: string; createdAt: number })[];
  projects: FixtureProject[];
  keys: FixtureKey[];
  /** Still pending. */
  invitation: {
    id: string;
    projectId: string;
    email: string;
    role: ProjectRole;
    token: string;
    createdAt: number;
  };
  serviceTokens: (DemoServiceToken & {
    id: string;
    token: string;
    createdAt: number;
    revokedAt: number | null;
  })[];
}

export interface FixtureProject {
  id: string;
  ref: string;
  name: string;
  createdAt: number;
  deletedAt: number | null;
  members: { person: PersonName; role: ProjectRole; createdAt: number }[];
  formerMembers: { person: PersonName; role: ProjectRole; leftAt: number }[];
  apis: (DemoAccess & { askedAt: number; decidedAt: number | null })[];
}

export interface FixtureKey {
  spec: DemoKey;
  id: string;
  createdAt: number;
  expiresAt: number | null;
  disabledAt: number | null;
  revokedAt: number | null;
  /** Oldest first. */
  secrets: { id: string; token: string; createdAt: number; overlapEndsAt: number | null }[];
}

/** Ids and secrets are new in every demo; everything else follows from `nowMs`. */
export function buildFixtures(nowMs: number, keyPrefix: string): Fixtures {
  const projects = Object.entries<DemoProject>(DEMO_PROJECTS).map(([ref, project]) =>
    buildProject(nowMs, ref, project),
  );
  return {
    nowMs,
    people: Object.entries<DemoPerson>(DEMO_PEOPLE).map(([ref, person]) => ({
      ...person,
      ref: ref as PersonName,
      id: newId("user"),
      createdAt: daysAgo(nowMs, person.joinedDaysAgo, ref),
      disabledAt:
        person.disabledDaysAgo === undefined ? null : daysAgo(nowMs, person.disabledDaysAgo, `${ref} left`),
    })),
    apis: DEMO_APIS.map((api) => ({
      ...api,
      id: newId("api"),
      createdAt: daysAgo(nowMs, 310, api.slug),
    })),
    projects,
    invitation: {
      id: newId("invitation"),
      projectId: projects.find(({ ref }) => ref === "growth")?.id ?? "",
      email: "new.colleague@demo.example",
      role: "developer",
      token: randomBase62(32),
      createdAt: daysAgo(nowMs, 1, "invitation"),
    },
    keys: DEMO_KEYS.map((spec) => buildKey(nowMs, keyPrefix, spec)),
    serviceTokens: DEMO_SERVICE_TOKENS.map((spec) => ({
      ...spec,
      id: newId("serviceToken"),
      token: generateToken(keyPrefix, "svc"),
      createdAt: daysAgo(nowMs, spec.createdDaysAgo, spec.name),
      revokedAt:
        spec.revokedDaysAgo === undefined ? null : daysAgo(nowMs, spec.revokedDaysAgo, `${spec.name} end`),
    })),
  };
}

function buildProject(nowMs: number, ref: string, project: DemoProject): FixtureProject {
  const createdAt = daysAgo(nowMs, project.createdDaysAgo, ref);
  return {
    id: newId("project"),
    ref,
    name: project.name,
    createdAt,
    deletedAt:
      project.deletedDaysAgo === undefined ? null : daysAgo(nowMs, project.deletedDaysAgo, `${ref} deleted`),
    // The creator first, the others in the days after.
    members: project.members.map(([person, role], i) => {
      const days = Math.min(project.createdDaysAgo, DEMO_PEOPLE[person].joinedDaysAgo) - i;
      return { person, role, createdAt: i === 0 ? createdAt : daysAgo(nowMs, days, `${ref} ${person}`) };
    }),
    formerMembers: (project.formerMembers ?? []).map(([person, role, days]) => ({
      person,
      role,
      leftAt: daysAgo(nowMs, days, `${ref} ${person} left`),
    })),
    apis: project.apis.map((access) => ({
      ...access,
      askedAt: Math.max(createdAt, hourOn(nowMs, access.askedDaysAgo, `${ref} ${access.api}`)),
      decidedAt:
        access.decidedDaysAgo === undefined
          ? null
          : hourOn(nowMs, access.decidedDaysAgo, `${ref} ${access.api} decided`),
    })),
  };
}

function buildKey(nowMs: number, keyPrefix: string, spec: DemoKey): FixtureKey {
  const { rotation } = spec;
  const createdAt = daysAgo(nowMs, spec.createdDaysAgo, spec.service);
  const on = (days: number | undefined, what: string) =>
    days === undefined ? null : hourOn(nowMs, days, `${spec.service} ${what}`);
  const secret = (at: number, overlapEndsAt: number | null) => ({
    id: newId("secret"),
    token: generateToken(keyPrefix, spec.environment),
    createdAt: at,
    overlapEndsAt,
  });
  const rotatedAt = rotation ? startOf(HOUR_MS, nowMs) - rotation.hoursAgo * HOUR_MS : 0;
  return {
    spec,
    id: newId("key"),
    createdAt,
    expiresAt: on(spec.expiresInDays === undefined ? undefined : -spec.expiresInDays, "expiry"),
    disabledAt: on(spec.disabledDaysAgo, "off"),
    revokedAt: on(spec.revokedDaysAgo, "revoked"),
    secrets: rotation
      ? [secret(createdAt, rotatedAt + rotation.overlapHours * HOUR_MS), secret(rotatedAt, null)]
      : [secret(createdAt, null)],
  };
}

export interface DemoServiceToken {
  name: string;
  /** Slug of its API; null for all. */
  api: string | null;
  createdDaysAgo: number;
  revokedDaysAgo?: number;
}

export const DEMO_SERVICE_TOKENS: readonly DemoServiceToken[] = [
  { name: "edge gateway", api: null, createdDaysAgo: 120 },
  { name: "live service", api: "live", createdDaysAgo: 309 },
  { name: "offers service", api: "offers", createdDaysAgo: 308 },
  { name: "badges service", api: "badges", createdDaysAgo: 308 },
  { name: "old gateway", api: null, createdDaysAgo: 305, revokedDaysAgo: 118 },
];

/** Keys in every possible state. */
export const DEMO_KEYS: readonly DemoKey[] = [
  ...keysIn("mobile", MOBILE_KEYS),
  ...keysIn("studio", STUDIO_KEYS),
  ...keysIn("growth", GROWTH_KEYS),
  ...keysIn("bots", BOT_KEYS),
];

function keysIn(project: ProjectName, keys: readonly Omit<DemoKey, "project">[]): DemoKey[] {
  return keys.map((key) => ({ project, ...key }));
}
