import "server-only";
import type { Actor } from "#domain/context.ts";
import { callRatesOf, countAction } from "./api/call-rates.ts";
import { getServices } from "./context.ts";
import { getActor } from "./session.ts";

/**
 * Who asks, with the request counted to them: what the portal's pages ask by themselves must not be a way around the
 * rate of the management API. Throws `too-many` where they did too much within a minute.
 */
export async function countedActor(): Promise<Actor> {
  const actor = await getActor();
  countAction(callRatesOf(await getServices()), actor);
  return actor;
}
