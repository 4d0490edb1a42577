import { requireUser, type Verb } from "../../context.ts";
import { readApi } from "./present.ts";
import type { ApiRef } from "./schema.ts";
import type { Api } from "./types.ts";

/** One API with its operations. */
export async function getApi({ ctx, input }: Verb<ApiRef>): Promise<Api> {
  requireUser(ctx);
  return readApi(ctx.db.read, input.slug);
}
