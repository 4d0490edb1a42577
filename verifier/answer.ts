import type { Engine } from "./engine.ts";
import { CannotVouch } from "./fills.ts";
import type { ApiFacts, ServiceTokenFacts } from "./load.ts";
import { type Maybe, whenAllKnown, whenKnown } from "./maybe.ts";
import { type Fault, type Question, readBatch, readQuestion } from "./question.ts";
import { problem, Refused, type Reply, verdictReply } from "./reply.ts";
import { nextRequestId } from "./request-id.ts";

/** A request for verdicts, before any framework. */
export interface Asked {
  /** One question a body, or a batch of them. */
  batch: boolean;
  authorization: string | undefined;
  contentType: string | undefined;
  body: Buffer;
  /** The id that the asker is told; a new one when left out. */
  requestId?: string;
}

type Respond = (reply: Reply) => void;

/** Who is told of each answer and of each request that got none. */
export interface Watch {
  answered(code: string, api: string, keyId: string | undefined): void;
  failed(status: number, error: unknown, requestId: string): void;
}

/** Answers one request, exactly once: verdicts leave only when they are written down. Never throws. */
export function answer(engine: Engine, asked: Asked, watch: Watch, respond: Respond): void {
  const requestId = asked.requestId ?? nextRequestId();
  const fail = (error: unknown) => {
    const reply = failureReply(error, requestId);
    watch.failed(reply.status, error, requestId);
    respond(reply);
  };
  try {
    const pending = whenKnown(engine.serviceOf(bearerOf(asked.authorization)), (service) => {
      if (service === null) throw unauthorised();
      const value = readJson(asked);
      return asked.batch
        ? answerBatch(engine, service, value, requestId, watch, respond, fail)
        : answerOne(engine, service, value, requestId, watch, respond, fail);
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
  watch: Watch,
  respond: Respond,
  fail: (error: unknown) => void,
): Maybe<void> {
  const read = readQuestion(value);
  if ("faults" in read) throw malformed(read.faults);
  const { question } = read;
  return whenKnown(apiFor(engine, service, question), (api) =>
    whenKnown(engine.judge(question, api, requestId), (judged) => {
      engine.record(judged, (ok) => {
        if (!ok) return fail(new CannotVouch("the answer can't be written down"));
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
  watch: Watch,
  respond: Respond,
  fail: (error: unknown) => void,
): Maybe<void> {
  const read = readBatch(value);
  if ("faults" in read) throw malformed(read.faults);
  // All or nothing: whether each may be asked is found out before any is answered.
  const asking = whenAllKnown(read.questions, (question, index) =>
    whenKnown(apiFor(engine, service, question, `checks.${index}.`), (api) => ({
      ...{ question, api },
      requestId: `${requestId}.${index}`,
    })),
  );
  return whenKnown(asking, (asked) =>
    whenKnown(engine.judgeAll(asked), (all) => {
      let left = all.length;
      let allWritten = true;
      const written = (ok: boolean) => {
        left--;
        allWritten &&= ok;
        if (left > 0) return;
        if (!allWritten) return fail(new CannotVouch("the answers can't be written down"));
        for (const { verdict, api } of all) watch.answered(verdict.code, api.slug, verdict.keyId);
        const verdicts = all.map(({ verdict }) => verdict);
        respond(verdictReply(requestId, JSON.stringify({ verdicts })));
      };
      for (const judged of all) engine.record(judged, written);
    }),
  );
}

/**
 * The API that a question is about. Throws `Refused`: which one may be asked about depends on who asks. `at`
 * is where the question stands in the body.
 */
function apiFor(engine: Engine, service: ServiceTokenFacts, { api }: Question, at = ""): Maybe<ApiFacts> {
  const slug = api ?? service.api;
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

export function bearerOf(authorization: string | undefined): string {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? "");
  return match?.[1] ?? "";
}

function readJson({ contentType, body }: Asked): unknown {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? "")) {
    throw new Refused(415, "Send JSON, with Content-Type: application/json.");
  }
  try {
    return JSON.parse(body.toString());
  } catch {
    // The parser's message quotes the text, and the text holds a secret.
    throw new Refused(400, "The body is not JSON.", { errors: [{ path: "", message: "Is not JSON." }] });
  }
}

export function unauthorised(): Refused {
  return new Refused(401, "Send a service token that works, as Authorization: Bearer.", {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

function malformed(errors: Fault[]): Refused {
  return new Refused(400, "The request is not as the contract has it.", { errors });
}

export function failureReply(error: unknown, requestId: string): Reply {
  if (error instanceof Refused) return error.toReply(requestId);
  if (error instanceof CannotVouch) {
    const headers = { "Retry-After": "1" };
    return problem(503, requestId, `No verdict can be given now: ${error.message}.`, { headers });
  }
  return problem(500, requestId, "Something broke here. The request's id finds it in the log.");
}
