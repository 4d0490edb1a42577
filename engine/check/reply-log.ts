import { randomlyKeyedHash } from "./half-sip-hash.ts";

/** A reply to a request with an idempotency key, as it is stored. */
export interface LoggedReply {
  bodyHash: string;
  /** By the clock of the caller, ms. */
  endsAt: number;
  requestId: string;
  body: string;
}

/** The replies to one service token, oldest first. Only `ReplyLog` changes it. */
export class ReplyQueue {
  readonly segments: Segment[] = [];
  /** Memory of its segments. */
  bytes = 0;
}

/** A busy service token has many segments of this size, a quiet one begins with a smaller one. */
const SEGMENT_BYTES = 64 * 1_024;
const MIN_SEGMENT_BYTES = 4 * 1_024;
/** Free segments that are kept for reuse: a busy verifier frees as many as it fills. */
const MAX_FREE_SEGMENTS = 16;
/** Records begin at multiples of this. */
const ALIGNMENT = 8;
/** Where a record can begin in a segment. Larger segments have only one record. */
const PLACES = SEGMENT_BYTES / ALIGNMENT;
/** About the size of the record of one verdict, so that a bucket of the index has about one of them. */
const BYTES_PER_BUCKET = 512;

/** The fields of a record, by offset. Then follow the key in UTF-16, and the texts in UTF-8. */
const NEXT = 0;
const HASH = 4;
const ENDS_AT = 8;
const SIZE = 16;
const KEY_UNITS = 20;
const BODY_HASH_BYTES = 24;
const REQUEST_ID_BYTES = 28;
const BODY_BYTES = 32;
const HEADER_BYTES = 36;
const UNIT_BYTES = 2;

/** Memory for records, outside the heap. */
class Segment {
  readonly id: number;
  readonly bytes: Buffer;
  readonly view: DataView;
  queue: ReplyQueue | null = null;
  /** The offset of its oldest record. */
  start = 0;
  /** The end of its newest record. */
  end = 0;

  constructor(id: number, size: number) {
    this.id = id;
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = new DataView(this.bytes.buffer);
  }
}

/**
 * Replies by service token and idempotency key, outside the heap: on a busy verifier they are a hundred thousand, and as
 * objects they would make every garbage collection long. The index never grows, so that no call takes long for that.
 */
export class ReplyLog {
  /** For each bucket the place of its newest record, which has that of the next older one; 0 for none. */
  readonly #index: Uint32Array;
  readonly #hashOf: (key: string) => number;
  /** By id, from 1. */
  readonly #segments: (Segment | undefined)[] = [undefined];
  readonly #unusedIds: number[] = [];
  readonly #freeSegments: Segment[] = [];
  #bytes = 0;

  /**
   * `expectedBytes`: what it may hold. With more, it becomes slower. `hashOf` returns integers of 32 bits. Clients choose
   * the keys, so it must be secret: else they could fill one bucket.
   */
  constructor(expectedBytes: number, hashOf = randomlyKeyedHash()) {
    this.#index = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, expectedBytes / BYTES_PER_BUCKET))));
    this.#hashOf = hashOf;
  }

  /** Memory of all segments with records. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The newest reply with this key; null if there is none. */
  find(queue: ReplyQueue, key: string): LoggedReply | null {
    const hash = this.#hashOf(key);
    for (let place = this.#index[this.#bucketOf(hash)] ?? 0; place !== 0; ) {
      const { segment, start } = this.#at(place);
      if (
        segment.queue === queue &&
        segment.view.getUint32(start + HASH) === hash &&
        hasKey(segment, start, key)
      )
        return readReply(segment, start);
      place = segment.view.getUint32(start + NEXT);
    }
    return null;
  }

  /** Stores a reply. An older one with the same key is not found any more. */
  add(queue: ReplyQueue, key: string, { bodyHash, endsAt, requestId, body }: LoggedReply): void {
    const bodyHashBytes = Buffer.byteLength(bodyHash);
    const requestIdBytes = Buffer.byteLength(requestId);
    const bodyBytes = Buffer.byteLength(body);
    const used = HEADER_BYTES + key.length * UNIT_BYTES + bodyHashBytes + requestIdBytes + bodyBytes;
    const size = Math.ceil(used / ALIGNMENT) * ALIGNMENT;
    const segment = this.#segmentWith(queue, size);
    const { view, bytes, end: start } = segment;
    const hash = this.#hashOf(key);
    const bucket = this.#bucketOf(hash);
    view.setUint32(start + NEXT, this.#index[bucket] ?? 0);
    view.setUint32(start + HASH, hash);
    view.setFloat64(start + ENDS_AT, endsAt);
    view.setUint32(start + SIZE, size);
    view.setUint32(start + KEY_UNITS, key.length);
    view.setUint32(start + BODY_HASH_BYTES, bodyHashBytes);
    view.setUint32(start + REQUEST_ID_BYTES, requestIdBytes);
    view.setUint32(start + BODY_BYTES, bodyBytes);
    let at = start + HEADER_BYTES;
    for (let unit = 0; unit < key.length; unit++, at += UNIT_BYTES) view.setUint16(at, key.charCodeAt(unit));
    at += bytes.write(bodyHash, at);
    at += bytes.write(requestId, at);
    bytes.write(body, at);
    segment.end += size;
    this.#index[bucket] = placeOf(segment, start);
  }

  /** Removes the oldest replies that have expired, at most `max`: each takes a moment. */
  removeExpired(queue: ReplyQueue, nowMs: number, max: number): void {
    for (let removed = 0; removed < max; removed++) {
      const [segment] = queue.segments;
      if (segment === undefined || segment.view.getFloat64(segment.start + ENDS_AT) > nowMs) return;
      this.#removeOldest(queue, segment);
    }
  }

  /** Removes the oldest replies until memory is free. */
  removeOldest(queue: ReplyQueue): void {
    const [segment] = queue.segments;
    while (segment !== undefined && queue.segments[0] === segment) this.#removeOldest(queue, segment);
  }

  #removeOldest(queue: ReplyQueue, segment: Segment): void {
    const { start, view } = segment;
    this.#unlink(view.getUint32(start + HASH), placeOf(segment, start), view.getUint32(start + NEXT));
    segment.start += view.getUint32(start + SIZE);
    if (segment.start < segment.end) return;
    queue.segments.shift();
    queue.bytes -= segment.bytes.length;
    this.#free(segment);
  }

  #unlink(hash: number, place: number, next: number): void {
    const bucket = this.#bucketOf(hash);
    let other = this.#index[bucket] ?? 0;
    if (other === place) {
      this.#index[bucket] = next;
      return;
    }
    for (;;) {
      const { segment, start } = this.#at(other);
      other = segment.view.getUint32(start + NEXT);
      if (other !== place) continue;
      segment.view.setUint32(start + NEXT, next);
      return;
    }
  }

  /** The segment to write the next record to. */
  #segmentWith(queue: ReplyQueue, size: number): Segment {
    const last = queue.segments.at(-1);
    if (last !== undefined && last.end + size <= last.bytes.length) return last;
    const doubled = last === undefined ? MIN_SEGMENT_BYTES : 2 * last.bytes.length;
    const segment = this.#allocate(Math.max(size, Math.min(doubled, SEGMENT_BYTES)));
    segment.queue = queue;
    queue.segments.push(segment);
    queue.bytes += segment.bytes.length;
    this.#bytes += segment.bytes.length;
    return segment;
  }

  #allocate(size: number): Segment {
    const free = size === SEGMENT_BYTES ? this.#freeSegments.pop() : undefined;
    if (free !== undefined) return free;
    const segment = new Segment(this.#unusedIds.pop() ?? this.#segments.length, size);
    this.#segments[segment.id] = segment;
    return segment;
  }

  #free(segment: Segment): void {
    this.#bytes -= segment.bytes.length;
    segment.queue = null;
    segment.start = segment.end = 0;
    if (segment.bytes.length === SEGMENT_BYTES && this.#freeSegments.length < MAX_FREE_SEGMENTS) {
      this.#freeSegments.push(segment);
      return;
    }
    this.#segments[segment.id] = undefined;
    this.#unusedIds.push(segment.id);
  }

  #bucketOf(hash: number): number {
    return hash & (this.#index.length - 1);
  }

  /** The record at a place. */
  #at(place: number): { segment: Segment; start: number } {
    const segment = this.#segments[Math.floor(place / PLACES)];
    if (segment === undefined) throw new Error("the index of the stored replies is damaged");
    return { segment, start: (place % PLACES) * ALIGNMENT };
  }
}

/** Identifies a record among those of all segments; not 0. */
function placeOf(segment: Segment, start: number): number {
  return segment.id * PLACES + start / ALIGNMENT;
}

function hasKey({ view }: Segment, start: number, key: string): boolean {
  if (view.getUint32(start + KEY_UNITS) !== key.length) return false;
  for (let unit = 0, at = start + HEADER_BYTES; unit < key.length; unit++, at += UNIT_BYTES)
    if (view.getUint16(at) !== key.charCodeAt(unit)) return false;
  return true;
}

function readReply({ view, bytes }: Segment, start: number): LoggedReply {
  let at = start + HEADER_BYTES + view.getUint32(start + KEY_UNITS) * UNIT_BYTES;
  const read = (lengthField: number) => {
    const from = at;
    at += view.getUint32(start + lengthField);
    return bytes.toString("utf8", from, at);
  };
  const endsAt = view.getFloat64(start + ENDS_AT);
  return {
    bodyHash: read(BODY_HASH_BYTES),
    endsAt,
    requestId: read(REQUEST_ID_BYTES),
    body: read(BODY_BYTES),
  };
}
