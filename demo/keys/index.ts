import type { ProjectName } from "../people.ts";
import { BOT_KEYS } from "./bots.ts";
import { GROWTH_KEYS } from "./growth.ts";
import { MOBILE_KEYS } from "./mobile.ts";
import { STUDIO_KEYS } from "./studio.ts";
import type { DemoKey } from "./types.ts";

/** Keys in every possible state. */
export const DEMO_KEYS: readonly DemoKey[] = [
  ...of("mobile", MOBILE_KEYS),
  ...of("studio", STUDIO_KEYS),
  ...of("growth", GROWTH_KEYS),
  ...of("bots", BOT_KEYS),
];

function of(project: ProjectName, keys: readonly Omit<DemoKey, "project">[]): DemoKey[] {
  return keys.map((key) => ({ project, ...key }));
}
