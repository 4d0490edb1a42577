import type { Environment } from "#core/verdict.ts";
import { Badge } from "../ui/badge.tsx";

/** Live or test: what a key's checks count as. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  return environment === "live" ? <Badge tone="accent">Live</Badge> : <Badge>Test</Badge>;
}
