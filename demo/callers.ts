import { compileRestrictions } from "#core/restrictions/compile.ts";
import { HOUR_MS } from "#core/time.ts";
import { clientOf } from "./clients.ts";
import type { FixtureProject, Fixtures } from "./fixtures.ts";
import type { DemoKey } from "./keys/types.ts";
import type { KeyLife, ProjectLife } from "./lifetimes.ts";
import { restrictionsOf } from "./restrictions.ts";
import type { Caller } from "./traffic.ts";

/** Invalid keys that every public service receives: wrong, truncated and invented ones. */
export const UNKNOWN_CALLERS: Caller = {
  service: "strangers",
  rhythm: "steady",
  weight: 0.7,
  calls: [
    ["live", "streams.get", 5],
    ["offers", "offers.list", 3],
    ["badges", "badges.list", 2],
  ],
  key: null,
  adoptMs: HOUR_MS,
};

/** Callers move to a new secret within a day, unless the demo defines otherwise. */
const ADOPT_HOURS = 24;

/** The callers of `key` in the demo. */
export function callerOf(spec: DemoKey, key: KeyLife): Caller {
  const { service, rhythm, weight, calls, rotation } = spec;
  return { service, rhythm, weight, calls, key, adoptMs: (rotation?.adoptHours ?? ADOPT_HOURS) * HOUR_MS };
}

/** All callers of the demo. */
export function callersOf(fixtures: Fixtures): Caller[] {
  const projects = new Map(fixtures.projects.map((project) => [project.ref, lifeOf(project)]));
  const callers = fixtures.keys.flatMap(({ spec, ...key }) => {
    const project = projects.get(spec.project);
    const { name, environment } = spec;
    const restrictions = compileRestrictions(restrictionsOf(spec));
    const client = clientOf(spec.service);
    return project ? [callerOf(spec, { ...key, name, environment, restrictions, client, project })] : [];
  });
  return [...callers, UNKNOWN_CALLERS];
}

function lifeOf(project: FixtureProject): ProjectLife {
  return {
    id: project.id,
    suspendedAt: null,
    enabled: project.apis
      .filter(({ status }) => status === "enabled")
      .map(({ api, askedAt, decidedAt }) => ({ slug: api, fromMs: decidedAt ?? askedAt })),
  };
}
