import type { Verdict } from "#core/verdict-schema.ts";
import { chain, chainAll, type MaybePromise } from "#platform/maybe-promise.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import type { Engine } from "../engine.ts";
import type { CheckExchange } from "./check-exchange.ts";
import { type CheckInput, readBatch, readCheckInput } from "./check-input.ts";
import { createCheck } from "./create-check.ts";
import { HttpProblem, malformed, type Reply, verdictReply } from "./reply.ts";
import { hashBody, type StoredReply, type StoreReply } from "./stored-replies.ts";

const MAX_KEY_LENGTH = 64;
const HEADER = "Idempotency-Key";

/**
 * The first request with this `Idempotency-Key`. If this is the first, a function to call with its reply. Throws
 * `HttpProblem` for an invalid key, or one used with another body.
 */
export function findOrBegin(
  engine: Engine,
  service: ServiceTokenFacts,
  key: string,
  body: Buffer,
): StoredReply | StoreReply {
  if (key === "" || key.length > MAX_KEY_LENGTH) {
    throw malformed([{ path: HEADER, message: `Must have 1 to ${MAX_KEY_LENGTH} characters.` }]);
  }
  const bodyHash = hashBody(body);
  const first = engine.storedReplies.find(service.id, key);
  if (first === null) return engine.storedReplies.begin(service.id, key, bodyHash);
  if (first.bodyHash === bodyHash) return first;
  throw new HttpProblem(422, `This ${HEADER} was used with another body within the last minute.`);
}

interface First {
  key: string;
  body: Buffer;
  value: unknown;
  batch: boolean;
  /** Is called with the reply. */
  keep: StoreReply;
}

/**
 * Evaluates the first request with an `Idempotency-Key`, unless another verifier has answered it. Without shared replies,
 * it evaluates at once.
 */
export function answerFirst(
  exchange: CheckExchange,
  service: ServiceTokenFacts,
  { key, body, value, batch, keep }: First,
  evaluate: () => MaybePromise<void>,
): MaybePromise<void> {
  let replayMs: number | undefined;
  exchange.onReply((reply) => keep(reply, replayMs));
  const shared = exchange.engine.sharedReplies;
  if (shared === null) return evaluate();
  return chain(shared.claim(service.id, key, hashBody(body)), (claimed) => {
    if ("settle" in claimed) {
      exchange.onReply(claimed.settle);
      return evaluate();
    }
    replayMs = claimed.replayMs;
    return replay(exchange, service, { first: { reply: claimed.reply, waiting: null }, value, batch });
  });
}

interface Repetition {
  first: Pick<StoredReply, "reply" | "waiting">;
  /** The parsed body, equal to that of the first request. */
  value: unknown;
  batch: boolean;
}

/**
 * Answers a repetition with the first verdicts, which consumes nothing and is not counted again. A key that was
 * valid and has since been revoked or restricted is denied, and that denial is counted.
 */
export function replay(
  exchange: CheckExchange,
  service: ServiceTokenFacts,
  { first, value, batch }: Repetition,
): MaybePromise<void> {
  const { reply } = first;
  if (reply === null) {
    first.waiting ??= [];
    first.waiting.push((reply) => exchange.respond(replayed(reply)));
    return;
  }
  const body = JSON.parse(reply.body);
  const verdicts: Verdict[] = batch ? body.verdicts : [body];
  const found = chainAll(inputsIn(value, batch), (input, index) =>
    chain(createCheck(exchange, service, input, batch ? index : undefined), (check) =>
      verdicts[index]?.valid ? exchange.engine.denialOf(check) : null,
    ),
  );
  return chain(found, (denials) => {
    const denied = denials.filter((denial) => denial !== null);
    if (denied.length === 0) return exchange.respond(replayed(reply));
    const current = verdicts.map((verdict, index) => denials[index]?.verdict ?? verdict);
    exchange.respondRecorded(denied, () =>
      verdictReply(exchange.requestId, JSON.stringify(batch ? { verdicts: current } : current[0])),
    );
  });
}

function inputsIn(value: unknown, batch: boolean): CheckInput[] {
  const read = batch ? readBatch(value) : readCheckInput(value);
  if ("errors" in read) throw malformed(read.errors);
  return "inputs" in read ? read.inputs : [read.input];
}

function replayed(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, "Idempotency-Replayed": "true" } };
}
