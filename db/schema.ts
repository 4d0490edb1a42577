import type { Dialect } from "./dialect.ts";
import { defineCatalogue } from "./tables/catalogue.ts";
import { defineDesk } from "./tables/desk.ts";
import { defineKeys } from "./tables/keys.ts";
import { defineNotices } from "./tables/notices.ts";
import { definePeople } from "./tables/people.ts";
import { definePolicies } from "./tables/policies.ts";
import { defineProjects } from "./tables/projects.ts";
import { defineSightings } from "./tables/sightings.ts";
import { defineTraces } from "./tables/traces.ts";
import { defineUsage } from "./tables/usage.ts";

/** Every table, for one dialect. */
export function defineSchema(d: Dialect) {
  const people = definePeople(d);
  const catalogue = defineCatalogue(d);
  const projects = defineProjects(d, { ...people, ...catalogue });
  const keys = defineKeys(d, { ...people, ...catalogue, ...projects });
  return {
    ...people,
    ...catalogue,
    ...projects,
    ...keys,
    ...defineTraces(d),
    ...defineUsage(d),
    ...defineSightings(d),
    ...definePolicies(d),
    ...defineNotices(d, { ...people, ...projects }),
    ...defineDesk(d, keys),
  };
}

export type Tables = ReturnType<typeof defineSchema>;
