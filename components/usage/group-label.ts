import { ENVIRONMENT_TEXT } from "../keys/environment-text.ts";
import type { GroupName } from "./usage-state.ts";

/** The name of a group as pages show it: `readUsage` labels environments by their value. */
export function groupLabel(by: GroupName, { group, label }: { group: string; label: string }): string {
  return by === "environment" && (group === "live" || group === "test") ? ENVIRONMENT_TEXT[group] : label;
}
