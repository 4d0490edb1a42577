import type { CheckRequest } from "#core/check.ts";
import { denyUnknown, judgeCounts, judgeRules, tryRestrictions } from "#core/decide.ts";
import type { Facts, KnownFacts, SecretFacts } from "#core/facts.ts";
import { type LimitStates, limitStates, UNLIMITED } from "#core/limits/judge.ts";
import { limitsOf } from "#core/limits/limits-of.ts";
import type { Counted } from "#core/limits/types.ts";
import { acceptedPrefixes, hashToken, parseToken } from "#core/tokens.ts";
import type { DeniedVerdict } from "#core/verdict.ts";
import { type ChangeListener, openChangeListener } from "#db/change-listener.ts";
import type { Db } from "#db/open.ts";
import { attempt, chain, chainAll, type MaybePromise } from "#platform/maybe-promise.ts";
import type { Settings } from "#platform/settings.ts";
import { FactStore } from "./cache/fact-store.ts";
import { VerdictUnavailable } from "./cache/fill-gate.ts";
import type { ApiFacts, ServiceTokenFacts } from "./cache/load-facts.ts";
import { type Credential, credentialOf } from "./check/credential.ts";
import { FirstAnswers } from "./check/first-answers.ts";
import type { Judged } from "./check/judged.ts";
import type { Asking, Question } from "./check/question.ts";
import { requestOf } from "./check/request.ts";
import { ChangeFeed, type FeedPlace } from "./feed/change-feed.ts";
import { writeLine } from "./journal/entry.ts";
import { entryOf } from "./journal/entry-of.ts";
import type { Journal } from "./journal/journal.ts";
import type { Limiter, Take } from "./limits/limiter.ts";
import { withTimeout } from "./limits/within.ts";

interface EngineOptions {
  db: Db;
  /** For the change feed alone, so that no crowd on `db` can make it wait; `db` when left out. */
  feedDb?: Db;
  /** Where to listen for changes, if not by way of `db`. */
  listenUrl?: string | undefined;
  settings: Pick<Settings, "keyPrefix" | "staleMaxSeconds" | "cacheKeys" | "cacheBytes"> &
    Partial<Pick<Settings, "formerKeyPrefixes">>;
  journal: Journal;
  limiter: Limiter;
  /** Epoch ms. */
  now?: () => number;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Told when the feed can't be read, and when it can again (null). */
  onFeedHealth?: (error: unknown | null) => void;
  /** Told up to where changes have taken effect here. */
  onApplied?: (place: FeedPlace) => void;
}

/** A refusal waits no longer than this for what it may tell besides, ms. */
const STANDING_MS = 100;

/** How often facts are looked up anew when they had to be waited for. */
const TRIES = 5;

/** One question of a batch, and the catalogue's entry that it is about. */
interface Asked {
  question: Question;
  api: ApiFacts;
  requestId: string;
}

/** A question with its key read: that is done once, however often its facts are looked up. */
interface Presented {
  question: Asking;
  api: ApiFacts;
  requestId: string;
  credential: Credential;
}

/** A question after every rule but limits: refused, or a key that only limits can refuse now. */
type Ruled = RuledOut | RuledIn;
interface RuledOut {
  one: Presented;
  request: CheckRequest;
  facts: KnownFacts | null;
  refusal: DeniedVerdict;
}
interface RuledIn {
  one: Presented;
  request: CheckRequest;
  facts: KnownFacts;
  refusal: null;
}

/** What answers checks: facts from memory or the database, the verdict from the core, a line in the journal. */
export class Engine {
  readonly knowledge: FactStore;
  readonly feed: ChangeFeed;
  readonly journal: Journal;
  /** Answers that are repeated to the same `Idempotency-Key`. */
  readonly firstAnswers: FirstAnswers;
  readonly #options: EngineOptions;
  readonly #now: () => number;
  readonly #clock: () => number;
  /** Calls that got no verdict since the start because their limits could not be counted. */
  uncounted = 0;
  #wake: ChangeListener | undefined;

  /** The prefixes of tokens that are accepted. */
  readonly keyPrefixes: readonly string[];

  constructor(options: EngineOptions) {
    this.#options = options;
    this.keyPrefixes = acceptedPrefixes(options.settings);
    this.#now = options.now ?? Date.now;
    this.#clock = options.clock ?? (() => performance.now());
    this.journal = options.journal;
    this.firstAnswers = new FirstAnswers(this.#clock);
    this.knowledge = new FactStore(options.db, options.settings);
    this.feed = new ChangeFeed({
      db: options.feedDb ?? options.db,
      clock: this.#clock,
      now: this.#now,
      onChanges: (changes) => this.knowledge.forget(changes),
      onLost: () => this.knowledge.forgetAll(),
      onHealth: (error) => options.onFeedHealth?.(error),
      onApplied: (place) => options.onApplied?.(place),
    });
  }

  /** Throws when the database can't be read. */
  async start(): Promise<void> {
    await this.feed.start();
    const { listenUrl, db } = this.#options;
    this.#wake = await openChangeListener(listenUrl ?? db.url, () => this.feed.wake());
  }

  async stop(): Promise<void> {
    await this.#wake?.close();
    await this.feed.stop();
  }

  /** How long ago (ms) everything that was committed was known here. */
  get lagMs(): number {
    return this.#clock() - this.feed.confirmedAt;
  }

  /** Why no verdict can be given now; null when one can. */
  get trouble(): string | null {
    if (this.lagMs > this.#options.settings.staleMaxSeconds * 1000)
      return "the database has been away for too long";
    return this.journal.healthy ? null : "answers can't be written down";
  }

  /** Epoch ms. */
  get nowMs(): number {
    return this.#now();
  }

  /** What counts limits. When it is in trouble other keys' calls are answered all the same. */
  get limiter(): Limiter {
    return this.#options.limiter;
  }

  /** Whose service token this is; null for none that works. */
  serviceOf(token: string): MaybePromise<ServiceTokenFacts | null> {
    if (parseToken(this.keyPrefixes, token)?.kind !== "svc") return null;
    return this.knowledge.serviceTokens.get(hashToken(token));
  }

  /** The catalogue's entry; null for a slug that is none. Throws (or rejects with) `CannotVouch`. */
  apiOf(slug: string): MaybePromise<ApiFacts | null> {
    if (this.trouble !== null) throw new VerdictUnavailable(this.trouble);
    return this.knowledge.apis.get(slug);
  }

  /**
   * The verdict. Limits are counted here, nothing is written: `record` does that. Throws (or rejects with)
   * `CannotVouch`.
   */
  judge(question: Asking, api: ApiFacts, requestId: string): MaybePromise<Judged> {
    const one = { question, api, requestId, credential: credentialOf(this.keyPrefixes, question.key) };
    return chain(this.#judgeRules(one), (ruled) => this.#judgeLimits(ruled, question.tellsLimits));
  }

  /**
   * The verdicts on several questions, as of one moment, however long the facts of some took; one whose counters had
   * to be waited for is judged again after that.
   */
  judgeAll(asked: Asked[]): MaybePromise<Judged[]> {
    const all = asked.map((one) => ({
      ...one,
      credential: credentialOf(this.keyPrefixes, one.question.key),
    }));
    return chain(this.#judgeAllRules(all), (ruled) =>
      // In their order: an earlier one takes what a later one may then lack.
      chainAll(ruled, (one) => this.#judgeLimits(one)),
    );
  }

  /** The denial of a check by any rule but a limit, and null where none denies it. Nothing is consumed or written. */
  denialOf(question: Asking, api: ApiFacts, requestId: string): MaybePromise<Judged | null> {
    const one = { question, api, requestId, credential: credentialOf(this.keyPrefixes, question.key) };
    return chain(this.#judgeRules(one), (ruled) => (ruled.refusal ? this.#refused(ruled, false) : null));
  }

  /** Writes the answer down; `written` is called when it may leave, or (false) when it must not. */
  record(judged: Judged, written: (ok: boolean) => void): void {
    this.journal.append(writeLine(entryOf(judged, this.#now())), written);
  }

  /** Writes several answers down; `written` is called once, with whether all of them may leave. */
  recordAll(all: readonly Judged[], written: (ok: boolean) => void): void {
    let left = all.length;
    let allWritten = true;
    for (const judged of all) {
      this.record(judged, (ok) => {
        left--;
        allWritten &&= ok;
        if (left === 0) written(allWritten);
      });
    }
  }

  /** All of them without a pause: where one had to be waited for, all are judged once more. */
  #judgeAllRules(asked: Presented[], tries = TRIES): MaybePromise<Ruled[]> {
    const ruled = chainAll(asked, (one) => this.#judgeRules(one, tries));
    return ruled instanceof Promise ? ruled.then(() => this.#judgeAllRules(asked, tries - 1)) : ruled;
  }

  /** Everything but limits. Facts that had to be waited for are looked up again: the first may have changed. */
  #judgeRules(one: Presented, tries = TRIES): MaybePromise<Ruled> {
    if (this.trouble !== null) throw new VerdictUnavailable(this.trouble);
    if (tries === 0) throw new VerdictUnavailable("it changes faster than it can be read");
    const facts = this.#factsOf(one.credential);
    if (facts instanceof Promise) return facts.then(() => this.#judgeRules(one, tries - 1));
    const request = requestOf(one.question, one.api, one.requestId);
    return facts.credential === "known"
      ? { one, request, facts, refusal: judgeRules(facts, request, this.#nowFor(facts.secret)) }
      : { one, request, facts: null, refusal: denyUnknown(facts, request) };
  }

  #judgeLimits(ruled: Ruled, tellsLimits = false): MaybePromise<Judged> {
    if (ruled.refusal !== null) return this.#refused(ruled, tellsLimits);
    const { request, facts } = ruled;
    const limits = limitsOf(facts.secret.key, facts.project);
    if (limits.length === 0) return this.#judgeCounts(ruled, []);
    const counted = this.#count({ limits, cost: request.cost, nowMs: this.#now(), consume: true });
    if (!(counted instanceof Promise)) return this.#judgeCounts(ruled, counted);
    return counted.then((counted) => this.#judgeAfterWait(ruled.one, counted, tellsLimits));
  }

  /** Counters may take seconds: what was revoked or restricted in that time does not pass. */
  #judgeAfterWait(one: Presented, counted: readonly Counted[], tellsLimits: boolean): MaybePromise<Judged> {
    return chain(this.#judgeRules(one), (ruled) =>
      ruled.refusal === null ? this.#judgeCounts(ruled, counted) : this.#refused(ruled, tellsLimits),
    );
  }

  #judgeCounts({ one: { api }, request, facts }: RuledIn, counted: readonly Counted[]): Judged {
    const nowMs = this.#now();
    const verdict = judgeCounts(facts, request, nowMs, counted);
    const { secretId, key } = facts.secret;
    const trial = verdict.valid ? tryRestrictions(key, request) : null;
    const limits = verdict.valid ? verdict : limitStates(counted, nowMs);
    return { verdict, api, request, secretId, trial, limits };
  }

  #refused({ one: { api }, request, facts, refusal }: RuledOut, tellsLimits: boolean): MaybePromise<Judged> {
    const refused = { verdict: refusal, api, request, secretId: facts?.secret.secretId ?? "", trial: null };
    const limits = tellsLimits && facts !== null ? this.#standing(facts) : UNLIMITED;
    return chain(limits, (limits) => ({ ...refused, limits }));
  }

  #count(take: Take): MaybePromise<Counted[]> {
    const failed = (error: unknown): never => {
      this.uncounted++;
      throw error;
    };
    try {
      const counted = this.limiter.take(take);
      return counted instanceof Promise ? counted.catch(failed) : counted;
    } catch (error) {
      return failed(error);
    }
  }

  /**
   * Where the limits of a refused call stand: it takes nothing, and costs one look at the counters. The
   * refusal holds whether they can be told or not.
   */
  #standing({ secret, project }: KnownFacts): MaybePromise<LimitStates> {
    const limits = limitsOf(secret.key, project);
    if (limits.length === 0) return UNLIMITED;
    const look = { limits, cost: 0, nowMs: this.#now(), consume: false };
    const states = attempt(() =>
      chain(this.limiter.take(look), (counted) => limitStates(counted, this.#now())),
    );
    return states instanceof Promise ? withTimeout(STANDING_MS, states, "").catch(() => UNLIMITED) : states;
  }

  /** An older secret is over by the clock of who ended it, also where this machine's is behind that. */
  #nowFor({ overlapEndsAt }: SecretFacts): number {
    return overlapEndsAt === null ? this.#now() : Math.max(this.#now(), this.feed.latestAt);
  }

  #factsOf(presented: Credential): MaybePromise<Facts> {
    if ("credential" in presented) return presented;
    return chain(this.knowledge.secrets.get(presented.hash), (secret): MaybePromise<Facts> => {
      if (secret === null) return { credential: "unknown" };
      if (!secret.enforceable)
        throw new VerdictUnavailable("the key carries rules that this version can't enforce");
      return chain(this.knowledge.projects.get(secret.key.projectId), (project): Facts => {
        if (project === null) throw new VerdictUnavailable("a key without a project");
        return { credential: "known", secret, project };
      });
    });
  }
}
