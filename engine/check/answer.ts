import { sanitize } from "#core/sanitize.ts";
import { chain, chainAll, type MaybePromise } from "#platform/maybe-promise.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import type { Engine } from "../engine.ts";
import { apiFor } from "./api-for.ts";
import { answerAgain, firstAnswerOf } from "./idempotency.ts";
import type { Judged } from "./judged.ts";
import { readBatch, readQuestion } from "./question.ts";
import { HttpProblem, malformed, problem, type Reply, verdictReply } from "./reply.ts";
import { nextRequestId } from "./request-id.ts";

/** A request for verdicts, before any framework. */
export interface Asked {
  /** One question a body, or a batch of them. */
  batch: boolean;
  authorization: string | undefined;
  contentType: string | undefined;
  contentEncoding?: string | undefined;
  /** A repetition within a minute gets the first verdict, and consumes nothing. */
  idempotencyKey?: string | undefined;
  body: Buffer;
  /** The id that the asker is told; a new one when left out. */
  requestId?: string;
}

type Respond = (reply: Reply) => void;

/** Who is told of each answer and of each request that got none. */
export interface CheckObserver {
  answered(code: string, api: string, keyId: string | undefined): void;
  failed(status: number, error: unknown, requestId: string): void;
}

/** Answers one request, exactly once: verdicts leave only when they are written down. Never throws. */
export function answer(engine: Engine, asked: Asked, watch: CheckObserver, respond: Respond): void {
  const requestId = asked.requestId ?? nextRequestId();
  let answered = respond;
  const fail = (error: unknown) => {
    const reply = failureReply(error, requestId);
    watch.failed(reply.status, error, requestId);
    answered(reply);
  };
  try {
    const pending = chain(engine.serviceOf(bearerOf(asked.authorization)), (service) => {
      if (service === null) throw unauthorised();
      const value = readJson(asked);
      if (asked.idempotencyKey !== undefined) {
        const first = firstAnswerOf(engine, service, asked.idempotencyKey, asked.body);
        if (typeof first !== "function") {
          const noted = ({ verdict, api }: Judged) => watch.answered(verdict.code, api.slug, verdict.keyId);
          return answerAgain(
            engine,
            service,
            { first, value, requestId, batch: asked.batch },
            noted,
            respond,
            fail,
          );
        }
        answered = (reply) => {
          first(reply);
          respond(reply);
        };
      }
      return asked.batch
        ? answerBatch(engine, service, value, requestId, watch, answered, fail)
        : answerOne(engine, service, value, requestId, watch, answered, fail);
    });
    if (pending instanceof Promise) pending.catch(fail);
  } catch (error) {
    fail(error);
  }
}

function answerOne(
  engine: Engine,
  service: ServiceTokenFacts,
  value: unknown,
  requestId: string,
  watch: CheckObserver,
  respond: Respond,
  fail: (error: unknown) => void,
): MaybePromise<void> {
  const read = readQuestion(value);
  if ("faults" in read) throw malformed(read.faults);
  const { question } = read;
  return chain(apiFor(engine, service, question), (api) =>
    chain(engine.judge(question, api, requestId), (judged) => {
      engine.record(judged, (ok) => {
        if (!ok) return fail(new VerdictUnavailable("the answer can't be written down"));
        const { verdict } = judged;
        watch.answered(verdict.code, api.slug, verdict.keyId);
        respond(verdictReply(requestId, JSON.stringify(verdict)));
      });
    }),
  );
}

function answerBatch(
  engine: Engine,
  service: ServiceTokenFacts,
  value: unknown,
  requestId: string,
  watch: CheckObserver,
  respond: Respond,
  fail: (error: unknown) => void,
): MaybePromise<void> {
  const read = readBatch(value);
  if ("faults" in read) throw malformed(read.faults);
  // All or nothing: whether each may be asked is found out before any is answered.
  const asking = chainAll(read.questions, (question, index) =>
    chain(apiFor(engine, service, question, `checks.${index}.`), (api) => ({
      ...{ question, api },
      requestId: `${requestId}.${index}`,
    })),
  );
  return chain(asking, (asked) =>
    chain(engine.judgeAll(asked), (all) => {
      engine.recordAll(all, (ok) => {
        if (!ok) return fail(new VerdictUnavailable("the answers can't be written down"));
        for (const { verdict, api } of all) watch.answered(verdict.code, api.slug, verdict.keyId);
        const verdicts = all.map(({ verdict }) => verdict);
        respond(verdictReply(requestId, JSON.stringify({ verdicts })));
      });
    }),
  );
}

export function bearerOf(authorization: string | undefined): string {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? "");
  return match?.[1] ?? "";
}

const BYTE_ORDER_MARK = 0xfeff;

function readJson({ contentType, contentEncoding, body }: Asked): unknown {
  if (contentEncoding && !/^identity$/i.test(contentEncoding)) {
    const coding = sanitize(contentEncoding, 40);
    throw new HttpProblem(
      415,
      `Send the body as it is, without Content-Encoding: “${coding}” is not decoded here.`,
      {
        title: "Content coding not supported",
        headers: { "Accept-Encoding": "identity" },
      },
    );
  }
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? "")) {
    throw new HttpProblem(415, "Send JSON, with Content-Type: application/json.");
  }
  try {
    const text = body.toString();
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch {
    // The parser's message quotes the text, and the text holds a secret.
    throw new HttpProblem(400, "The body is not JSON.", { errors: [{ path: "", message: "Is not JSON." }] });
  }
}

export function unauthorised(): HttpProblem {
  return new HttpProblem(401, "Send a service token that works, as Authorization: Bearer.", {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

export function failureReply(error: unknown, requestId: string): Reply {
  if (error instanceof HttpProblem) return error.toReply(requestId);
  if (error instanceof VerdictUnavailable) {
    const headers = { "Retry-After": "1" };
    return problem(503, requestId, `No verdict can be given now: ${error.message}.`, { headers });
  }
  return problem(500, requestId, "Something broke here. The request's id finds it in the log.");
}
