import type { DeclaredShape } from "#core/token-shape.ts";
import type { ServiceTokenFacts } from "#engine/cache/load-facts.ts";
import type { Engine } from "#engine/engine.ts";
import type { FeedFollower } from "#engine/feed/feed-followers.ts";
import type { Change } from "#engine/feed/feed-rows.ts";
import { changesSince, isSamePosition, positionOf } from "#engine/sync/position.ts";
import {
  HEARTBEAT_MS,
  opaqueId,
  type SyncEvent,
  type SyncHeartbeat,
  type SyncPosition,
} from "#engine/sync/protocol.ts";
import type { ServerStream } from "../http/node-http-call.ts";

/** Maximum number of streams of a verifier. */
export const MAX_STREAMS = 2_000;
/** How long an event waits for the feed, ms. */
const CONFIRM_MS = 40;
/** A stream whose client has not read this much is closed, bytes. */
const MAX_BUFFERED_BYTES = 1_048_576;

interface Stream {
  token: string;
  /** Id of the service token. */
  tokenId: string;
  /** When the token expires, epoch ms; null for never. */
  endsAt: number | null;
  response: ServerStream;
  /** Events that follow once the changes since the client's position are sent; null after that. */
  waiting: string[] | null;
}

interface OpenStream {
  token: string;
  service: ServiceTokenFacts;
  /** By the engine's monotonic clock, ms. */
  openedAt: number;
  after: SyncPosition | null;
}

/** Sends the change feed to services that verify keys in their own process. */
export class SyncHub implements FeedFollower {
  readonly #engine: Engine;
  readonly #isStopping: () => boolean;
  readonly #streams = new Set<Stream>();
  #timer: NodeJS.Timeout | null = null;
  /** Events sent to all streams. */
  sent = 0;
  /** `confirmedAt` of the last event. */
  #sentConfirmedAt = Number.NEGATIVE_INFINITY;
  /** The shapes that every stream knows. */
  #sentShapes: readonly DeclaredShape[] = [];

  constructor(engine: Engine, isStopping: () => boolean) {
    this.#engine = engine;
    this.#isStopping = isStopping;
    engine.followers.add(this);
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Sends events until either side ends the stream. `open` begins the response; it gets what to call at its end. */
  async open(
    { token, service, openedAt, after }: OpenStream,
    open: (onClose: () => void) => ServerStream,
  ): Promise<void> {
    const stream: Stream = {
      token,
      tokenId: service.id,
      endsAt: service.endsAt,
      response: open(() => this.#streams.delete(stream)),
      waiting: [],
    };
    this.#streams.add(stream);
    this.#timer ??= setInterval(() => this.#tick(), HEARTBEAT_MS).unref();
    // Before the changes are read: what is applied from now on follows as an event.
    const { tokenShapes } = this.#engine;
    const heartbeat = this.#heartbeat();
    const changed = after && (await this.#changesSince(after, heartbeat));
    const resumed = changed !== null;
    const { keyPrefixes } = this.#engine;
    const first = [
      eventText({ hello: { openedAt, resumed, keyPrefixes, tokenShapes, api: service.api } }),
      eventText({ ...heartbeat, ...(resumed && changed.length > 0 && { changed }) }),
    ];
    const waiting = stream.waiting ?? [];
    stream.waiting = null;
    // One write: after a network failure, all services reconnect at once.
    stream.response.write([...first, ...waiting].join(""));
  }

  /** What a service must drop from its cache; null if unknown. Most services that reconnect have missed nothing. */
  async #changesSince(after: SyncPosition, { place }: SyncHeartbeat): Promise<string[] | null> {
    if (place !== null && isSamePosition(after, place)) return [];
    return changesSince(this.#engine.db, after).catch(() => null);
  }

  changed(changes: readonly Change[]): void {
    if (this.#streams.size === 0) return;
    const imported = changes.some(({ kind }) => kind === "import");
    const changed = [...new Set(changes.map(({ subject }) => opaqueId(subject)))];
    this.#send({ ...this.#heartbeat(), changed, ...(imported && { imported }) });
    const tokens = new Set(
      changes.filter(({ kind }) => kind === "serviceToken").map(({ subject }) => subject),
    );
    for (const stream of this.#streams) if (tokens.has(stream.tokenId)) void this.#checkPermission(stream);
  }

  lost(): void {
    this.#send({ ...this.#heartbeat(), lost: true });
    for (const stream of this.#streams) void this.#checkPermission(stream);
  }

  confirmed(): void {
    if (this.#streams.size === 0) return;
    if (this.#engine.feed.confirmedAt - this.#sentConfirmedAt >= HEARTBEAT_MS / 2)
      this.#send(this.#heartbeat());
  }

  #tick(): void {
    if (this.#streams.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      return;
    }
    if (this.#isStopping()) {
      for (const stream of this.#streams) this.#end(stream, "stopping");
      return;
    }
    const { nowMs } = this.#engine;
    for (const stream of this.#streams)
      if (stream.endsAt !== null && nowMs >= stream.endsAt) this.#end(stream, "forbidden");
    const { sent } = this;
    // An event follows as soon as the feed has confirmed what is committed by now, or without that.
    this.#engine.feed.wake();
    setTimeout(() => {
      if (this.sent === sent) this.#send(this.#heartbeat());
    }, CONFIRM_MS).unref();
  }

  #heartbeat(): SyncHeartbeat {
    const { feed, nowMs } = this.#engine;
    const { confirmedAt, latestAt } = feed;
    this.#sentConfirmedAt = confirmedAt;
    return {
      confirmedAt,
      nowMs,
      latestAt: Number.isFinite(latestAt) ? latestAt : null,
      place: positionOf(feed),
    };
  }

  #send(event: SyncHeartbeat): void {
    const { tokenShapes } = this.#engine;
    const isNew = tokenShapes !== this.#sentShapes;
    this.#sentShapes = tokenShapes;
    const text = eventText({ ...event, ...(isNew && { tokenShapes }) });
    this.sent++;
    for (const stream of this.#streams) {
      if (stream.waiting) stream.waiting.push(text);
      else if (stream.response.buffered > MAX_BUFFERED_BYTES) this.#drop(stream);
      else stream.response.write(text);
      if (stream.waiting && stream.waiting.length > 1_000) this.#drop(stream);
    }
  }

  /** The facts of the token were dropped from the cache before, so this reads them again. */
  async #checkPermission(stream: Stream): Promise<void> {
    try {
      const service = await this.#engine.serviceTokens.find(stream.token);
      if (service?.localVerification) stream.endsAt = service.endsAt;
      else this.#end(stream, "forbidden");
    } catch {
      // Without the database nothing is certain: the service connects again and asks.
      this.#drop(stream);
    }
  }

  #end(stream: Stream, end: "forbidden" | "stopping"): void {
    if (!this.#streams.delete(stream)) return;
    stream.response.write(eventText({ end }));
    stream.response.end();
  }

  #drop(stream: Stream): void {
    this.#streams.delete(stream);
    stream.response.destroy();
  }
}

function eventText(event: SyncEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
