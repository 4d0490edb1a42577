import type { Environment } from "#core/verdict.ts";

export interface FoundKey {
  id: string;
  name: string;
  hint: string;
  environment: Environment;
  project: { id: string; name: string };
}

/** What the palette shows: a handful of each, the best first. */
export interface Found {
  projects: { id: string; name: string }[];
  keys: FoundKey[];
  apis: { slug: string; name: string }[];
}
