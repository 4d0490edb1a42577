import { closeSync, ftruncateSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { newId } from "#core/ids.ts";
import { CLOSED_SUFFIX, OPEN_SUFFIX } from "./segments.ts";

/** Called with true after the line was written. False: it could not be written, and the answer must not be sent. */
type Written = (ok: boolean) => void;

/** The part of `fs.writeSync` that is used. Tests replace it with a failing function. */
type Write = (fd: number, data: Buffer, offset: number, length: number, position: number) => number;

/** A segment is closed at this size: if it consists of denials, most of it is held in memory while it is counted. */
const MAX_SEGMENT_BYTES = 12_000_000;

/** A full journal is written again once it is filled to this share of its maximum. */
const REOPEN_AT = 0.95;

interface Segment {
  fd: number;
  path: string;
  bytes: number;
  /** There may be data after `bytes` that belongs to unanswered checks. */
  torn: boolean;
}

/**
 * The append-only record of answered checks. The lines of one event loop iteration are written with one call before its
 * answers are sent: every answered check is in the file even if the process is killed.
 */
export class Journal {
  /** False from a failed write until one succeeds. No check can be answered meanwhile. */
  healthy = true;
  lines = 0;
  bytes = 0;
  readonly dir: string;

  readonly maxBytes: number;

  readonly #write: Write;
  /** The bytes on the disk that are not counted, as last measured, and how many were written before that. */
  #uncounted = { bytes: 0, written: 0 };
  #segment: Segment | null = null;
  #pending: string[] = [];
  #callbacks: Written[] = [];

  /** No other process may write to `dir`. */
  constructor(
    dir: string,
    { write = writeSync, maxBytes = Number.POSITIVE_INFINITY }: { write?: Write; maxBytes?: number } = {},
  ) {
    this.dir = dir;
    this.maxBytes = maxBytes;
    this.#write = write;
  }

  /** Adds a line to the write of this event loop iteration. */
  append(line: string, written: Written): void {
    if (this.#pending.length === 0) setImmediate(() => this.flush());
    this.#pending.push(line);
    this.#callbacks.push(written);
  }

  /** Writes the pending lines now. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const [lines, callbacks] = [this.#pending, this.#callbacks];
    this.#pending = [];
    this.#callbacks = [];
    const ok = this.#writeAll(Buffer.from(lines.join("")));
    if (ok) this.lines += lines.length;
    for (const written of callbacks) written(ok);
  }

  /** Closes the open segment so that it can be counted. True if every answered check can be counted. */
  rotate(): boolean {
    this.flush();
    const segment = this.#segment;
    if (segment?.torn) return false;
    if (segment) this.#close(segment);
    return true;
  }

  /** How many bytes are not counted yet, including what was written since they were measured. */
  get uncountedBytes(): number {
    return this.#uncounted.bytes + this.bytes - this.#uncounted.written;
  }

  /** Reports how many bytes in `dir` are not counted, measured when `written` bytes had been written. */
  setUncounted(bytes: number, written: number): void {
    this.#uncounted = { bytes, written };
  }

  /** Nothing is written, and so no check is answered, until enough of it is counted. */
  get isFull(): boolean {
    return this.uncountedBytes > (this.healthy ? 1 : REOPEN_AT) * this.maxBytes;
  }

  /** After a failed write, tests whether writing works again. It writes blank lines, which readers ignore. */
  probe(): void {
    if (this.healthy || this.isFull) return;
    const before = this.#segment?.bytes ?? 0;
    if (this.#writeAll(Buffer.alloc(4_096, "\n")) && this.#segment)
      this.#tryToTruncate(this.#segment, before);
  }

  #writeAll(data: Buffer): boolean {
    if (this.isFull) {
      this.healthy = false;
      return false;
    }
    if (this.#segment && !this.#segment.torn && this.#segment.bytes >= MAX_SEGMENT_BYTES)
      this.#close(this.#segment);
    let segment = this.#segment;
    const before = segment?.bytes ?? 0;
    try {
      segment ??= this.#open();
      if (segment.torn) this.#truncate(segment, before);
      for (let done = 0; done < data.length; ) {
        done += this.#write(segment.fd, data, done, data.length - done, before + done);
      }
      segment.bytes = before + data.length;
      this.bytes += data.length;
      this.healthy = true;
    } catch {
      this.healthy = false;
      // Part of it may be in the file. None of these checks was answered, so none may be counted.
      if (segment) this.#tryToTruncate(segment, before);
    }
    return this.healthy;
  }

  #close(segment: Segment): void {
    this.#segment = null;
    closeSync(segment.fd);
    renameSync(segment.path, segment.path.replace(OPEN_SUFFIX, CLOSED_SUFFIX));
  }

  #tryToTruncate(segment: Segment, bytes: number): void {
    segment.torn = true;
    try {
      this.#truncate(segment, bytes);
    } catch {
      // The next write tries again, and fails as long as truncating fails.
    }
  }

  #truncate(segment: Segment, bytes: number): void {
    segment.bytes = bytes;
    ftruncateSync(segment.fd, bytes);
    segment.torn = false;
  }

  #open(): Segment {
    const path = join(this.dir, `${newId("segment")}${OPEN_SUFFIX}`);
    const segment = { fd: openSync(path, "wx", 0o600), path, bytes: 0, torn: false };
    this.#segment = segment;
    return segment;
  }
}
