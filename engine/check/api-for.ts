import { chain, type MaybePromise } from "#platform/maybe-promise.ts";
import type { ApiFacts, ServiceTokenFacts } from "../cache/load-facts.ts";
import type { Engine } from "../engine.ts";
import type { Question } from "./question.ts";
import { HttpProblem, malformed } from "./reply.ts";

/**
 * The API that a question is about. Throws `Refused`: which one may be asked about depends on who asks. `at`
 * is where the question stands in the body.
 */
export function apiFor(
  engine: Engine,
  service: ServiceTokenFacts,
  { api }: Question,
  at = "",
): MaybePromise<ApiFacts> {
  const slug = api || service.api;
  if (slug === null) {
    throw malformed([
      { path: `${at}api`, message: "Say which API is being called: this service token is for all of them." },
    ]);
  }
  if (service.api !== null && service.api !== slug) {
    throw new HttpProblem(403, "This service token may ask only about its own API.");
  }
  return chain(engine.apiOf(slug), (facts) => {
    if (facts === null) throw new HttpProblem(404, "The catalogue has no such API: check “api”.");
    return facts;
  });
}
