import type { EventData } from "#core/events.ts";
import type { Tx } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { tell } from "./tell.ts";

interface Done {
  id: string;
  name: string;
  projectId: string;
}

type What = "revoked" | "restored" | "disabled" | "unused";

/** Tells each project once of what was done to its keys, or is the matter with them, however many they are. */
export async function tellOfMany(
  tx: Tx,
  ctx: Ctx,
  what: What,
  keys: readonly Done[],
  data: EventData,
): Promise<void> {
  for (const [projectId, own] of Map.groupBy(keys, (key) => key.projectId)) {
    const [first, ...others] = own;
    if (first === undefined) continue;
    await tell(tx, ctx, {
      ...(others.length === 0
        ? { kind: `key.${what}` as const, subject: first }
        : { kind: `keys.${what}` as const, subject: { id: projectId, name: "" } }),
      projectId,
      data: { ...data, count: own.length },
    });
  }
}
