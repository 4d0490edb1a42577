import { closeSync, ftruncateSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { newId } from "#core/ids.ts";
import { CLOSED, OPEN } from "./segments.ts";

/** Called after the line was written (true) or could not be (false: the answer must not leave). */
type Written = (ok: boolean) => void;

/** The system call, as far as we need it; tests have it fail. */
type Write = (fd: number, data: Buffer, offset: number, length: number, position: number) => number;

/** At this size a segment is closed at once: of refusals, whoever counts it holds most of it in memory. */
const MOST_BYTES = 12_000_000;

interface Segment {
  fd: number;
  path: string;
  bytes: number;
  /** Something that was not answered may be behind `bytes`. */
  torn: boolean;
}

/**
 * The append-only record of answered checks. Lines of one turn of the event loop are written with one call,
 * before that turn's answers leave: what was answered is in the file, also when the process is killed.
 */
export class Journal {
  /** False after a failed write, until one works again: nothing can be answered meanwhile. */
  healthy = true;
  lines = 0;
  bytes = 0;
  readonly dir: string;

  readonly #write: Write;
  #segment: Segment | null = null;
  #pending: string[] = [];
  #callbacks: Written[] = [];

  /** `dir` belongs to this process alone. */
  constructor(dir: string, { write = writeSync }: { write?: Write } = {}) {
    this.dir = dir;
    this.#write = write;
  }

  /** Adds a line to this turn's write. */
  append(line: string, written: Written): void {
    if (this.#pending.length === 0) setImmediate(() => this.flush());
    this.#pending.push(line);
    this.#callbacks.push(written);
  }

  /** Writes what is pending now. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const [lines, callbacks] = [this.#pending, this.#callbacks];
    this.#pending = [];
    this.#callbacks = [];
    const ok = this.#writeWhole(Buffer.from(lines.join("")));
    if (ok) this.lines += lines.length;
    for (const written of callbacks) written(ok);
  }

  /** Closes the segment, if there is one, so that it can be counted. True when all that was answered can be. */
  rotate(): boolean {
    this.flush();
    const segment = this.#segment;
    if (segment?.torn) return false;
    if (segment) this.#close(segment);
    return true;
  }

  /** After a failed write: tries whether writing works again. A blank page is no line. */
  probe(): void {
    if (this.healthy) return;
    const before = this.#segment?.bytes ?? 0;
    if (this.#writeWhole(Buffer.alloc(4_096, "\n")) && this.#segment)
      this.#tryToCutBack(this.#segment, before);
  }

  #writeWhole(data: Buffer): boolean {
    if (this.#segment && !this.#segment.torn && this.#segment.bytes >= MOST_BYTES) this.#close(this.#segment);
    let segment = this.#segment;
    const before = segment?.bytes ?? 0;
    try {
      segment ??= this.#open();
      if (segment.torn) this.#cutBackTo(segment, before);
      for (let done = 0; done < data.length; ) {
        done += this.#write(segment.fd, data, done, data.length - done, before + done);
      }
      segment.bytes = before + data.length;
      this.bytes += data.length;
      this.healthy = true;
    } catch {
      this.healthy = false;
      // Half of it may be in the file: none of these checks was answered, so none may be counted.
      if (segment) this.#tryToCutBack(segment, before);
    }
    return this.healthy;
  }

  #close(segment: Segment): void {
    this.#segment = null;
    closeSync(segment.fd);
    renameSync(segment.path, segment.path.replace(OPEN, CLOSED));
  }

  #tryToCutBack(segment: Segment, bytes: number): void {
    segment.torn = true;
    try {
      this.#cutBackTo(segment, bytes);
    } catch {
      // The next write tries again, and fails while this does.
    }
  }

  #cutBackTo(segment: Segment, bytes: number): void {
    segment.bytes = bytes;
    ftruncateSync(segment.fd, bytes);
    segment.torn = false;
  }

  #open(): Segment {
    const path = join(this.dir, `${newId("segment")}${OPEN}`);
    const segment = { fd: openSync(path, "wx", 0o600), path, bytes: 0, torn: false };
    this.#segment = segment;
    return segment;
  }
}
