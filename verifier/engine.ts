import { decide, tryRestrictions } from "#core/decide.ts";
import type { Facts } from "#core/facts.ts";
import type { Settings } from "#core/settings.ts";
import { hashToken, parseSecret, parseToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { openWake, type Wake } from "#db/wake.ts";
import { writeLine } from "./entry.ts";
import { entryOf } from "./entry-of.ts";
import { ChangeFeed } from "./feed.ts";
import { CannotVouch } from "./fills.ts";
import type { Journal } from "./journal.ts";
import type { Judged } from "./judged.ts";
import { Knowledge } from "./knowledge.ts";
import type { ApiFacts, ServiceTokenFacts } from "./load.ts";
import { type Maybe, whenKnown } from "./maybe.ts";
import type { Question } from "./question.ts";
import { requestOf } from "./request.ts";

interface EngineOptions {
  db: Db;
  /** For the change feed alone, so that no crowd on `db` can make it wait; `db` when left out. */
  feedDb?: Db;
  settings: Pick<Settings, "keyPrefix" | "staleMaxSeconds" | "cacheKeys">;
  journal: Journal;
  /** Epoch ms. */
  now?: () => number;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Told when the feed can't be read, and when it can again (null). */
  onFeedHealth?: (error: unknown | null) => void;
  /** Told of the number up to which changes have taken effect here. */
  onApplied?: (position: number) => void;
}

/** How often facts are looked up anew when they had to be waited for. */
const TRIES = 5;

/** One question of a batch, and the catalogue's entry that it is about. */
interface Asked {
  question: Question;
  api: ApiFacts;
  requestId: string;
}

/** What answers checks: facts from memory or the database, the verdict from the core, a line in the journal. */
export class Engine {
  readonly knowledge: Knowledge;
  readonly feed: ChangeFeed;
  readonly journal: Journal;
  readonly #options: EngineOptions;
  readonly #now: () => number;
  readonly #clock: () => number;
  #wake: Wake | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#clock = options.clock ?? (() => performance.now());
    this.journal = options.journal;
    this.knowledge = new Knowledge(options.db, options.settings.cacheKeys);
    this.feed = new ChangeFeed({
      db: options.feedDb ?? options.db,
      clock: this.#clock,
      now: this.#now,
      onChanges: (changes) => this.knowledge.forget(changes),
      onLost: () => this.knowledge.forgetAll(),
      onHealth: (error) => options.onFeedHealth?.(error),
      onApplied: (position) => options.onApplied?.(position),
    });
  }

  /** Throws when the database can't be read. */
  async start(): Promise<void> {
    await this.feed.start();
    this.#wake = await openWake(this.#options.db.url, () => this.feed.wake());
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

  /** Whose service token this is; null for none that works. */
  serviceOf(token: string): Maybe<ServiceTokenFacts | null> {
    if (parseToken(this.#options.settings.keyPrefix, token)?.kind !== "svc") return null;
    return this.knowledge.serviceTokens.get(hashToken(token));
  }

  /** The catalogue's entry; null for a slug that is none. Throws (or rejects with) `CannotVouch`. */
  apiOf(slug: string): Maybe<ApiFacts | null> {
    if (this.trouble !== null) throw new CannotVouch(this.trouble);
    return this.knowledge.apis.get(slug);
  }

  /**
   * The verdict. Nothing is written: `record` does that. Throws (or rejects with) `CannotVouch`. Facts that
   * had to be waited for are looked up again: what came first may have changed while the rest was read.
   */
  judge(question: Question, api: ApiFacts, requestId: string, tries = TRIES): Maybe<Judged> {
    if (this.trouble !== null) throw new CannotVouch(this.trouble);
    if (tries === 0) throw new CannotVouch("it changes faster than it can be read");
    const facts = this.#factsOf(question.key);
    if (facts instanceof Promise) return facts.then(() => this.judge(question, api, requestId, tries - 1));
    const request = requestOf(question, api, requestId);
    const verdict = decide(facts, request, this.#now());
    const secret = facts.credential === "known" ? facts.secret : null;
    return {
      verdict,
      request,
      secretId: secret?.secretId ?? "",
      trial: verdict.valid && secret ? tryRestrictions(secret.key, request) : null,
    };
  }

  /** The verdicts on several questions, as of one moment, however long the facts of some took. */
  async judgeAll(asked: Asked[]): Promise<(Asked & { judged: Judged })[]> {
    for (let tries = 0; tries < TRIES; tries++) {
      await Promise.all(asked.map(async (one) => this.judge(one.question, one.api, one.requestId)));
      // Now that all is in memory, once more and without a pause.
      const known: (Asked & { judged: Judged })[] = [];
      for (const one of asked) {
        const judged = this.judge(one.question, one.api, one.requestId);
        if (judged instanceof Promise) {
          await judged;
          break;
        }
        known.push({ ...one, judged });
      }
      if (known.length === asked.length) return known;
    }
    throw new CannotVouch("it changes faster than it can be read");
  }

  /** Writes the answer down; `written` is called when it may leave, or (false) when it must not. */
  record(judged: Judged, api: ApiFacts, written: (ok: boolean) => void): void {
    this.journal.append(writeLine(entryOf(judged, api, this.#now())), written);
  }

  #factsOf(key: string): Maybe<Facts> {
    if (parseSecret(this.#options.settings.keyPrefix, key) === null) return { credential: "malformed" };
    return whenKnown(this.knowledge.secrets.get(hashToken(key)), (secret): Maybe<Facts> => {
      if (secret === null) return { credential: "unknown" };
      if (!secret.enforceable) throw new CannotVouch("the key carries rules that this version can't enforce");
      return whenKnown(this.knowledge.projects.get(secret.key.projectId), (project): Facts => {
        if (project === null) throw new CannotVouch("a key without a project");
        return { credential: "known", secret, project };
      });
    });
  }
}
