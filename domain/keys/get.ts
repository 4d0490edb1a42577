import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { readKey } from "./find.ts";
import type { KeyRef } from "./schema.ts";
import type { Key } from "./types.ts";

/** One key of a project, including revoked ones. */
export async function getKey({ ctx, input }: Verb<KeyRef>): Promise<Key> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  return readKey(ctx.db.read, input, ctx.now());
}
