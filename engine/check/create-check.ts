import { chain, type MaybePromise } from "#platform/maybe-promise.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import type { Check } from "./check.ts";
import type { CheckExchange } from "./check-exchange.ts";
import type { CheckInput } from "./check-input.ts";
import { HttpProblem, malformed } from "./reply.ts";

/**
 * The check for an input, about the API it names or the service token is limited to. `index` is its
 * position in a batch. Throws (or rejects with) `HttpProblem` if the service may not ask about that API.
 */
export function createCheck(
  exchange: CheckExchange,
  service: ServiceTokenFacts,
  input: CheckInput,
  index?: number,
): MaybePromise<Check> {
  const slug = input.api || service.api;
  if (slug === null) {
    const path = index === undefined ? "api" : `checks.${index}.api`;
    throw malformed([{ path, message: "Required, because this service token is valid for all APIs." }]);
  }
  if (service.api !== null && service.api !== slug) {
    throw new HttpProblem(403, "This service token is limited to another API.");
  }
  return chain(exchange.engine.apiOf(slug), (api) => {
    if (api === null) throw new HttpProblem(404, "There is no such API. Check “api”.");
    return exchange.check(input, service, api, index);
  });
}
