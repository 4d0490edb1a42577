import "server-only";
import type { Actor } from "#domain/context.ts";
import { callRatesOf, countAction } from "./api/call-rates.ts";
import { getServices } from "./context.ts";
import { getActor } from "./session.ts";

/**
 * The actor, with the request counted: requests of the portal's pages must not bypass the rate limit of the
 * management API. Throws `too-many` above the limit.
 */
export async function getRateLimitedActor(): Promise<Actor> {
  const actor = await getActor();
  countAction(callRatesOf(await getServices()), actor);
  return actor;
}
