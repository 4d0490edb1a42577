import type { Engine } from "./engine.ts";
import type { ApiFacts, ServiceTokenFacts } from "./load.ts";
import { type Maybe, whenKnown } from "./maybe.ts";
import type { Question } from "./question.ts";
import { malformed, Refused } from "./reply.ts";

/**
 * The API that a question is about. Throws `Refused`: which one may be asked about depends on who asks. `at`
 * is where the question stands in the body.
 */
export function apiFor(
  engine: Engine,
  service: ServiceTokenFacts,
  { api }: Question,
  at = "",
): Maybe<ApiFacts> {
  const slug = api || service.api;
  if (slug === null) {
    throw malformed([
      { path: `${at}api`, message: "Say which API is being called: this service token is for all of them." },
    ]);
  }
  if (service.api !== null && service.api !== slug) {
    throw new Refused(403, "This service token may ask only about its own API.");
  }
  return whenKnown(engine.apiOf(slug), (facts) => {
    if (facts === null) throw new Refused(404, "The catalogue has no such API: check “api”.");
    return facts;
  });
}
