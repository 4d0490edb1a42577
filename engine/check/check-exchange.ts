import type { MaybePromise } from "#platform/maybe-promise.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Engine } from "../engine.ts";
import { type Check, type CheckObserver, type CheckResult, credentialOf, requestOf } from "./check.ts";
import type { CheckInput } from "./check-input.ts";
import type { Reply } from "./reply.ts";

interface ExchangeOptions {
  engine: Engine;
  requestId: string;
  observer: CheckObserver;
  respond: (reply: Reply) => void;
  /** The reply to a request that failed with this error. */
  failureReply: (error: unknown, requestId: string) => Reply;
}

/** One HTTP request for verdicts and its single reply, independent of any framework. */
export class CheckExchange {
  readonly engine: Engine;
  readonly requestId: string;
  readonly observer: CheckObserver;
  readonly #failureReply: ExchangeOptions["failureReply"];
  readonly #respond: ExchangeOptions["respond"];
  readonly #listeners: ((reply: Reply) => void)[] = [];

  constructor({ engine, requestId, observer, respond, failureReply }: ExchangeOptions) {
    this.engine = engine;
    this.requestId = requestId;
    this.observer = observer;
    this.#respond = respond;
    this.#failureReply = failureReply;
  }

  /** Runs `work`, which must end in one reply. If it throws or rejects, replies with the failure. */
  run(work: () => MaybePromise<void>): void {
    try {
      const pending = work();
      if (pending instanceof Promise) pending.catch((error: unknown) => this.fail(error));
    } catch (error) {
      this.fail(error);
    }
  }

  respond(reply: Reply): void {
    for (const listener of this.#listeners) listener(reply);
    this.#respond(reply);
  }

  fail(error: unknown): void {
    const reply = this.#failureReply(error, this.requestId);
    this.observer.failed(reply.status, error, this.requestId);
    this.respond(reply);
  }

  /** Calls `listener` with the reply before it is sent. */
  onReply(listener: (reply: Reply) => void): void {
    // Not by assigning a function to `#respond`: V8 allocates functions that are assigned to a property among old
    // objects. Each would keep its whole request in memory until the next full garbage collection.
    this.#listeners.push(listener);
  }

  /** A check in this exchange. `index` is its position in a batch. */
  check(input: CheckInput, service: ServiceTokenFacts | null, api: ApiFacts, index?: number): Check {
    const requestId = index === undefined ? this.requestId : `${this.requestId}.${index}`;
    return {
      request: requestOf(input, api, requestId),
      credential: credentialOf(this.engine, input.key),
      service,
      api,
      observer: this.observer,
      reportLimits: false,
    };
  }

  /** Replies once all results are in the journal: a verdict that can't be recorded is never sent. */
  respondRecorded(results: readonly CheckResult[], reply: () => Reply): void {
    this.engine.recordAll(results, (ok) => {
      if (!ok) return this.fail(new VerdictUnavailable("the journal can't be written"));
      for (const { check, verdict } of results)
        check.observer.answered(verdict.code, check.api.slug, verdict.keyId);
      this.respond(reply());
    });
  }
}
