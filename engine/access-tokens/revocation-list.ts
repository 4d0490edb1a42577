import { desc, lt } from "drizzle-orm";
import { z } from "zod";
import { iso, SECOND_MS, startOf } from "#core/time.ts";
import { randomBase62 } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { loadProjects } from "../cache/load-facts.ts";
import type { Engine } from "../engine.ts";
import type { FeedFollower } from "../feed/feed-followers.ts";
import type { Change } from "../feed/feed-rows.ts";
import { type KeyState, readKeyStates, readRevokedTokens } from "./key-states.ts";

/** The maximum lifetime of an access token, ms. */
const MAX_LIFETIME_MS = 900_000;
/** A verifier applies a change within this time, and may issue tokens for an ended secret until then, ms. */
export const MAX_CHANGE_DELAY_MS = 1_000;
/** Nothing that ended longer ago has tokens, ms. */
const LISTED_MS = MAX_LIFETIME_MS + MAX_CHANGE_DELAY_MS;
/** The longest that a request may wait for an entry. */
export const MAX_WAIT_SECONDS = 30;
/** Entries of an answer. More follow with the next request. */
const MAX_ENTRIES = 2_000;
/** Requests that wait for the next entry. */
const MAX_WAITING = 2_000;
/** A clock that goes back further than this was wrong before. */
const CLOCK_STEP_MS = 1_000;
const PAGE = 1_000;

const instant = z.iso.datetime();
const entrySchema = z.strictObject({
  keyId: z.string().optional().describe("Deny tokens whose `sub` is this key."),
  secretId: z
    .string()
    .optional()
    .describe("With `keyId`: deny only tokens of that key whose `latchkey.secret` is this secret."),
  projectId: z.string().optional().describe("Deny tokens whose `latchkey.project` is this project."),
  jti: z.string().optional().describe("Deny this token."),
  issuedBefore: instant
    .nullable()
    .describe(
      "Deny only tokens with an `iat` before this time; null for all. A later entry replaces an earlier one.",
    ),
  until: instant.describe("The entry can be forgotten then: every token that it denies has expired."),
});
type Entry = z.output<typeof entrySchema>;

/** The answer of `GET /api/v1/revocations`. */
export const revocationsSchema = z
  .strictObject({
    complete: z
      .boolean()
      .describe("Whether these are all entries. Otherwise they follow the ones before `after`."),
    cursor: z.string().describe("Send it as `after` with the next request."),
    more: z.boolean().describe("Whether more entries can be read at once."),
    asOf: instant.describe("Everything that was revoked before this time is listed."),
    lagMs: z.int().describe("How old `asOf` was when this was answered, ms."),
    entries: z.array(entrySchema),
  })
  .meta({ id: "Revocations" });
export type Revocations = z.output<typeof revocationsSchema>;

/** Keys, secrets, projects and tokens whose unexpired access tokens must be denied (docs/integrate/access-tokens.md). */
export class RevocationList implements FeedFollower {
  readonly #engine: Engine;
  /** By subject; the latest entries last. */
  readonly #entries = new Map<string, Entry & { seq: number }>();
  /** Keys that expire soon, and secrets in their overlap. The change feed has no entry for the moment they end. */
  readonly #endings = new Map<string, { about: Pick<Entry, "keyId" | "secretId">; endsAt: number }>();
  readonly #waiting = new Set<() => void>();
  #seq = 0;
  /** The latest time at which expired entries were forgotten, epoch ms. */
  #forgottenAt = Number.NEGATIVE_INFINITY;
  /** Changes when the list is read again, after which numbers mean something else. */
  #epoch = randomBase62(8);
  /** Reads and changes are applied one after the other. */
  #work: Promise<void> | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * The entries after `cursor`, or all. If there are none, waits up to `waitMs` for one. Rejects if the database can't
   * be read.
   */
  async read(cursor: string | null, waitMs: number, signal?: AbortSignal): Promise<Revocations> {
    await this.#settled();
    if (this.#after(cursor) === this.#seq && waitMs > 0) await this.#next(waitMs, signal);
    await this.#settled();
    const { nowMs, lagMs } = this.#engine;
    const after = this.#after(cursor);
    const newer = [...this.#entries.values()].filter((entry) => entry.seq > (after ?? 0));
    const entries = newer.slice(0, MAX_ENTRIES);
    const more = newer.length > entries.length;
    return {
      complete: after === null,
      cursor: `${this.#epoch}.${more ? (entries.at(-1)?.seq ?? 0) : this.#seq}`,
      more,
      asOf: new Date(nowMs - Math.max(0, lagMs)).toISOString(),
      lagMs: Math.max(0, Math.round(lagMs)),
      entries: entries.map(({ seq: _, ...entry }) => entry),
    };
  }

  changed(changes: readonly Change[]): void {
    const ids = (kind: Change["kind"]) => [
      ...new Set(changes.filter((change) => change.kind === kind).map(({ subject }) => subject)),
    ];
    const keys = ids("key");
    const projects = ids("project");
    if (keys.length > 0 || projects.length > 0) this.#then(() => this.#apply(keys, projects));
  }

  lost(): void {
    this.#then(() => this.#readAll());
  }

  confirmed(): void {}

  #start(): void {
    this.#engine.followers.add(this);
    this.#work = this.#readAll();
    this.#work.catch(() => this.#reset());
  }

  /** After a failure nothing is certain: the next request reads the list again. */
  #reset(): void {
    this.#engine.followers.delete(this);
    this.#work = null;
    this.#entries.clear();
    this.#endings.clear();
    this.#wake();
  }

  #then(work: () => Promise<void>): void {
    if (this.#work === null) return;
    this.#work = this.#work.then(work);
    this.#work.then(
      () => this.#wake(),
      () => this.#reset(),
    );
  }

  /** Waits for all changes that are known. After a failure, reads the list again: nothing followed the changes since. */
  async #settled(): Promise<void> {
    let work: Promise<void> | null;
    do {
      if (this.#work === null) this.#start();
      work = this.#work;
      await work;
      this.#noteTime();
    } while (work !== this.#work);
    const { nowMs, latestMs } = this.#engine;
    for (const [subject, { about, endsAt }] of this.#endings)
      if (endsAt <= latestMs) this.#endAt(subject, about, endsAt);
    for (const [subject, { until }] of this.#entries)
      if (Date.parse(until) <= nowMs) this.#entries.delete(subject);
  }

  /** If this machine's clock was ahead, entries were forgotten too early: the list is read again. */
  #noteTime(): void {
    const { nowMs } = this.#engine;
    const wasAhead = nowMs < this.#forgottenAt - CLOCK_STEP_MS;
    this.#forgottenAt = nowMs;
    if (wasAhead) this.#then(() => this.#readAll());
  }

  /** The number of a cursor of this list; null for none or another list's. */
  #after(cursor: string | null): number | null {
    const [epoch, seq] = cursor?.split(".") ?? [];
    const number = Number(seq);
    return epoch === this.#epoch && Number.isSafeInteger(number) && number <= this.#seq ? number : null;
  }

  async #next(waitMs: number, signal?: AbortSignal): Promise<void> {
    if (this.#waiting.size >= MAX_WAITING || signal?.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    // No spread: there can be more endings than a function takes arguments.
    let ms = waitMs;
    for (const { endsAt } of this.#endings.values()) ms = Math.min(ms, endsAt - this.#engine.latestMs);
    const timer = setTimeout(resolve, Math.max(0, ms));
    signal?.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }

  /** Reads what was revoked while tokens that are still valid could be issued. */
  async #readAll(): Promise<void> {
    const { db, nowMs } = this.#engine;
    this.#entries.clear();
    this.#endings.clear();
    this.#epoch = randomBase62(8);
    this.#seq = 0;
    const since = nowMs - LISTED_MS;
    const keys = new Set<string>();
    const projects = new Set<string>();
    for (const { kind, subject } of await changesSince(db, since)) {
      if (kind === "key") keys.add(subject);
      if (kind === "project") projects.add(subject);
    }
    await this.#apply([...keys], [...projects]);
  }

  async #apply(keyIds: readonly string[], projectIds: readonly string[]): Promise<void> {
    const { db, nowMs } = this.#engine;
    for (let from = 0; from < keyIds.length; from += PAGE) {
      const page = keyIds.slice(from, from + PAGE);
      for (const key of await readKeyStates(db, page)) this.#applyKey(key, nowMs);
      for (const { jti, expiresAt } of await readRevokedTokens(db, page, nowMs))
        this.#add(jti, { jti, issuedBefore: null, until: iso(expiresAt) });
    }
    const projects =
      projectIds.length > 0 ? await loadProjects(db, [...projectIds]) : new Map<string, never>();
    for (const projectId of projectIds) {
      if (projects.get(projectId)?.suspended ?? true) this.#end(projectId, { projectId }, nowMs);
      else this.#resume(projectId, { projectId }, nowMs);
    }
  }

  #applyKey({ keyId, isEnded, expiresAt, replaced }: KeyState, nowMs: number): void {
    const hasExpired = expiresAt !== null && expiresAt <= this.#engine.latestMs;
    if (isEnded) this.#end(keyId, { keyId }, nowMs);
    else if (!hasExpired) this.#resume(keyId, { keyId }, nowMs);
    if (!isEnded) this.#endAt(keyId, { keyId }, expiresAt);
    for (const { secretId, endsAt } of replaced) this.#endAt(secretId, { keyId, secretId }, endsAt);
  }

  /** Lists what has ended, and remembers what will: its tokens may be from before the end was known. */
  #endAt(subject: string, about: Pick<Entry, "keyId" | "secretId">, endsAt: number | null): void {
    this.#endings.delete(subject);
    if (endsAt === null) return;
    // By the clock of the process that ended it: this one's may be behind.
    const endsIn = endsAt - this.#engine.latestMs;
    if (Math.abs(endsIn) > LISTED_MS) return;
    if (endsIn > 0) this.#endings.set(subject, { about, endsAt });
    else this.#add(subject, { ...about, issuedBefore: null, until: iso(endsAt + LISTED_MS) });
  }

  #end(subject: string, about: Pick<Entry, "keyId" | "projectId">, nowMs: number): void {
    if (this.#entries.get(subject)?.issuedBefore === null) return;
    this.#add(subject, { ...about, issuedBefore: null, until: iso(nowMs + LISTED_MS) });
  }

  /** What works again gets new tokens. Those from before stay denied. `iat` is in whole seconds, rounded down. */
  #resume(subject: string, about: Pick<Entry, "keyId" | "projectId">, nowMs: number): void {
    if (this.#entries.get(subject)?.issuedBefore !== null) return;
    const issuedBefore = iso(startOf(SECOND_MS, nowMs));
    this.#add(subject, { ...about, issuedBefore, until: iso(nowMs + MAX_LIFETIME_MS) });
  }

  #add(subject: string, entry: Entry): void {
    if (isSame(this.#entries.get(subject), entry)) return;
    this.#entries.delete(subject);
    this.#seq++;
    this.#entries.set(subject, { ...entry, seq: this.#seq });
  }
}

function isSame(known: Entry | undefined, entry: Entry): boolean {
  return known !== undefined && known.issuedBefore === entry.issuedBefore;
}

/** The changes since a moment, epoch ms. Numbers are assigned roughly in the order of time. */
async function changesSince({ read: { q, t } }: Db, sinceMs: number): Promise<Change[]> {
  const { changes } = t;
  const found: Change[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = await q
      .select({ seq: changes.seq, kind: changes.kind, subject: changes.subject, at: changes.at })
      .from(changes)
      .where(lt(changes.seq, before))
      .orderBy(desc(changes.seq))
      .limit(PAGE);
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE || page.every(({ at }) => at < sinceMs)) return found;
    before = last.seq;
  }
}
