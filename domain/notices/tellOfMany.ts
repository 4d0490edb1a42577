import type { Tx } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { tell } from "./tell.ts";

interface Done {
  id: string;
  name: string;
  projectId: string;
}

/** Tells each project once of what was done to its keys, however many they were. */
export async function tellOfMany(
  tx: Tx,
  ctx: Ctx,
  what: "revoked" | "restored",
  keys: readonly Done[],
  reason: string,
): Promise<void> {
  for (const [projectId, own] of Map.groupBy(keys, (key) => key.projectId)) {
    const [first, ...others] = own;
    if (first === undefined) continue;
    if (others.length === 0) {
      await tell(tx, ctx, { kind: `key.${what}`, projectId, subject: first, data: { reason } });
    } else {
      await tell(tx, ctx, {
        kind: `keys.${what}`,
        projectId,
        subject: { id: projectId, name: "" },
        data: { count: own.length, reason },
      });
    }
  }
}
