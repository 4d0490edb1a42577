import type { DeclaredShape } from "../../../../core/token-shape.ts";
import {
  SYNC_FORMAT,
  type SyncEnd,
  type SyncEvent,
  type SyncHeartbeat,
  type SyncHello,
  type SyncPosition,
} from "../../../../engine/sync/protocol.ts";
import { type Clock, type ClockTimes, elapsedMs, readClock } from "../clock.ts";
import { ConfigurationError } from "../errors.ts";
import { readEvents } from "./read-events.ts";
import { StateAge } from "./state-age.ts";
import { failureOf } from "./stream-failure.ts";

/** A connection without events for this long is given up (docs/integrate/local-verification.md), ms. */
const SILENT_MS = 5_000;
const HELLO_TIMEOUT_MS = 5_000;
/** A connection is replaced after this time, ms: clocks of two machines drift apart. Shortened at random. */
const ROTATE_MS = 60_000;
/** Longer than any connection lasts, unless this process stood still, ms. */
const MAX_CONNECTION_MS = 2 * ROTATE_MS;
/** After a slow start, the age of the state is known badly: the connection is replaced earlier, ms. */
const SLOW_START_MS = 250;
const ROTATE_SLOW_MS = 5_000;
const RETRY_MS = { first: 100, max: 5_000, forbidden: 5_000 };

export interface SyncStreamOptions {
  /** Base URLs of the verifiers, without a slash at the end. */
  urls: readonly string[];
  token: string;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** Changes of subjects, by blinded id. */
  onChanged: (subjects: readonly string[]) => void;
  /** Changes may have been missed: all facts must be dropped. */
  onReset: () => void;
  /** What did not exist may exist now: a connection was replaced, or tokens were imported. */
  onMayExist: () => void;
  /** Called with why local answers are not possible, again and again. */
  onError: (error: unknown) => void;
}

interface Connection {
  hello: SyncHello["hello"];
  /** When the request was sent: `openedAt` is not earlier. */
  sentAt: ClockTimes;
  /** Resolves when the connection has ended. */
  ended: Promise<void>;
  close(): void;
  /** Why the verifier ended it. */
  end: SyncEnd["end"] | null;
  /** Events that arrived before the connection was adopted. */
  early: SyncHeartbeat[];
}

/** Follows the changes at a verifier, and knows how old the state is that they lead to. */
export class SyncStream {
  readonly #options: SyncStreamOptions;
  #current: Connection | null = null;
  #opening: AbortController | null = null;
  #isClosed = false;
  #wake: (() => void) | null = null;
  #position: SyncPosition | null = null;
  readonly #age = new StateAge();
  #latestAt = Number.NEGATIVE_INFINITY;
  /** The connection ended because this process gave it up. */
  #isDistrusted = false;
  keyPrefixes: readonly string[] = [];
  /** The formats of imported tokens. */
  tokenShapes: readonly DeclaredShape[] = [];
  /** Slug of the only API of the token; null if it is valid for all. */
  api: string | null = null;

  constructor(options: SyncStreamOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#opening?.abort();
    this.#current?.close();
    this.#current = null;
    this.#wake?.();
  }

  /** Whether everything that was committed up to 0.9 seconds ago is known here. */
  get isFresh(): boolean {
    return this.freshTime() !== null;
  }

  /**
   * The verifier's time, epoch ms, if everything that was committed up to 0.9 seconds ago is known here; else null. Not
   * this machine's time, which may be wrong.
   */
  freshTime(): number | null {
    if (this.#current === null) return null;
    const now = readClock(this.#options.clock);
    if (!this.#age.hasJumped(now)) return this.#age.freshTime(now);
    this.#distrust();
    return null;
  }

  /** The position up to which all changes are applied; null if there is none. */
  get position(): SyncPosition | null {
    return this.#position;
  }

  /** The time of the latest change, epoch ms. */
  get latestAt(): number {
    return this.#latestAt;
  }

  /** The age of the state is unknown until the next connection, which is opened now. No change is lost. */
  #distrust(): void {
    this.#isDistrusted = true;
    this.#age.invalidate();
    this.#current?.close();
    this.#current = null;
  }

  async #run(): Promise<void> {
    let retryMs = RETRY_MS.first;
    for (let attempt = 0; !this.#isClosed; attempt++) {
      const startedAt = performance.now();
      try {
        await this.#follow(attempt);
      } catch (error) {
        if (this.#isClosed) return;
        this.#options.onError(error);
        if (error instanceof ConfigurationError) {
          this.#forbid();
          await this.#sleep(RETRY_MS.forbidden);
          continue;
        }
      }
      // A connection that worked for a while is replaced at once.
      if (this.#isDistrusted || performance.now() - startedAt > RETRY_MS.max) retryMs = RETRY_MS.first;
      else if (this.#current === null) {
        await this.#sleep(retryMs * (0.5 + Math.random() / 2));
        retryMs = Math.min(RETRY_MS.max, 2 * retryMs);
      }
    }
  }

  /** Opens a connection and follows it until it ends or another is due. Rejects if it can't be opened. */
  async #follow(attempt: number): Promise<void> {
    const connection = await this.#open(attempt);
    if (this.#isClosed) return connection.close();
    this.#isDistrusted = false;
    this.#adopt(connection);
    const startMs = elapsedMs(connection.sentAt, readClock(this.#options.clock));
    const rotateMs = startMs > SLOW_START_MS ? ROTATE_SLOW_MS : ROTATE_MS;
    await this.#sleep(rotateMs * (0.75 + Math.random() / 4), connection.ended);
    if (connection.end === "forbidden") this.#forbid();
  }

  #forbid(): void {
    this.#distrust();
    this.#position = null;
    this.#options.onReset();
  }

  /** Opens another connection while the current one, if there is one, goes on. */
  async #open(attempt: number): Promise<Connection> {
    const { urls, token, fetch, clock } = this.#options;
    const url = urls[attempt % urls.length] ?? "";
    const controller = new AbortController();
    this.#opening = controller;
    const query = new URLSearchParams({ format: String(SYNC_FORMAT) });
    if (this.#position !== null) query.set("after", JSON.stringify(this.#position));
    const timeout = setTimeout(() => controller.abort(), HELLO_TIMEOUT_MS);
    const sentAt = readClock(clock);
    try {
      const response = await fetch(`${url}/api/v1/sync?${query}`, {
        headers: { Authorization: `Bearer ${token}`, Accept: "text/event-stream" },
        redirect: "manual",
        signal: controller.signal,
      });
      if (response.status !== 200 || response.body === null) throw await failureOf(response, url);
      const events = readEvents(response.body);
      const first = await events.next();
      if (first.done || !("hello" in first.value)) throw new Error("The verifier's stream has no beginning.");
      const connection: Connection = {
        hello: first.value.hello,
        sentAt,
        ended: Promise.resolve(),
        close: () => controller.abort(),
        end: null,
        early: [],
      };
      connection.ended = this.#read(connection, events);
      return connection;
    } catch (error) {
      controller.abort();
      throw error;
    } finally {
      clearTimeout(timeout);
      this.#opening = null;
    }
  }

  #adopt(connection: Connection): void {
    const previous = this.#current;
    const { resumed, keyPrefixes, tokenShapes, api } = connection.hello;
    if (!resumed) this.#position = null;
    // Secrets that are known have one of the prefixes of then.
    if (!resumed || !isSameList(keyPrefixes, this.keyPrefixes)) this.#options.onReset();
    this.keyPrefixes = keyPrefixes;
    this.tokenShapes = tokenShapes;
    this.api = api;
    this.#age.startConnection(readClock(this.#options.clock));
    this.#current = connection;
    previous?.close();
    for (const heartbeat of connection.early) this.#apply(connection, heartbeat);
    this.#options.onMayExist();
  }

  async #read(connection: Connection, events: AsyncGenerator<SyncEvent>): Promise<void> {
    let lastEventAt = this.#options.clock.monotonic();
    const watch = setInterval(() => {
      if (this.#options.clock.monotonic() - lastEventAt > SILENT_MS) connection.close();
    }, SILENT_MS / 5);
    try {
      for await (const event of events) {
        lastEventAt = this.#options.clock.monotonic();
        if ("end" in event) {
          connection.end = event.end;
          break;
        }
        if (!("confirmedAt" in event)) throw new Error("The verifier's stream has two beginnings.");
        if (this.#current === connection) this.#apply(connection, event);
        else connection.early.push(event);
      }
    } catch (error) {
      if (this.#current === connection && !this.#isClosed) this.#options.onError(error);
    } finally {
      clearInterval(watch);
      connection.close();
      // What is known ages from now on, and changes since then follow on the next connection.
      if (this.#current === connection) this.#current = null;
    }
  }

  #apply({ hello, sentAt }: Connection, heartbeat: SyncHeartbeat): void {
    const { clock, onReset, onChanged, onMayExist } = this.#options;
    const now = readClock(clock);
    if (this.#age.hasJumped(now) || elapsedMs(sentAt, now) > MAX_CONNECTION_MS) {
      this.#distrust();
      return;
    }
    if (heartbeat.lost) onReset();
    if (heartbeat.changed?.length) onChanged(heartbeat.changed);
    if (heartbeat.imported) onMayExist();
    if (heartbeat.tokenShapes) this.tokenShapes = heartbeat.tokenShapes;
    this.#position = heartbeat.place;
    if (heartbeat.latestAt !== null) this.#latestAt = Math.max(this.#latestAt, heartbeat.latestAt);
    this.#age.confirm(heartbeat, { openedAt: hello.openedAt, sentAt }, now);
  }

  /** Resolves after `ms`, when `until` does, or when the stream is closed. */
  async #sleep(ms: number, until?: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      this.#wake = resolve;
      void until?.then(resolve);
    });
    clearTimeout(timer);
    this.#wake = null;
  }
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at]);
}
