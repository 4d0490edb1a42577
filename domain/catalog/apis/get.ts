import { requireUser, type Verb } from "../../context.ts";
import { readApi } from "./present.ts";
import type { ApiInput } from "./schemas.ts";
import type { Api } from "./types.ts";

/** One entry of the catalogue, with its operations. */
export async function getApi({ ctx, input }: Verb<ApiInput>): Promise<Api> {
  requireUser(ctx);
  return readApi(ctx.db.read, input.slug);
}
