import type { IncomingHttpHeaders } from "node:http";
import { MAX_CHECK_BODY_BYTES } from "#engine/check/check-input.ts";
import type { CheckRequestKind } from "../../metrics/latency.ts";
import { checkKindOf } from "../checks.ts";

/** The request line and headers of a request for verdicts. */
export interface RequestHead {
  kind: CheckRequestKind;
  method: string;
  /** The request target, always in origin form. */
  url: string;
  /** As `node:http` would present them. */
  headers: IncomingHttpHeaders;
}

/** Longer heads are left to `node:http`, bytes. */
const MAX_HEAD_BYTES = 16_384;
/** A longer head is parsed again each time, because any client can make idle connections keep memory, bytes. */
const MAX_KEPT_HEAD_BYTES = 2_048;
/** More headers are left to `node:http`. */
const MAX_HEADERS = 100;

const GATE_METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
]);
/** Visible ASCII but `#`: a fragment does not belong in a request target. */
const ORIGIN_FORM = /^\/[!"$-~]*$/;
const VERSION = " HTTP/1.1\r\n";
/** All header lines and the empty line after them (RFC 9112, 5), without folding and bare CR, LF or NUL. */
const HEADER_LINES = /(?:[!#$%&'*+.^_`|~\w-]+:[\t -~\x80-\xff]*\r\n)+\r\n/y;
/** Looks behind, because a run of inner spaces must not be tried from each of its spaces. */
const OUTER_SPACE = /^[\t ]+|(?<![\t ])[\t ]+$/g;
/** No sign, no leading zero, and few enough digits for an exact number. */
const LENGTH = /^(?:0|[1-9]\d{0,6})$/;
const MAX_LENGTH_DIGITS = 7;

/** Headers that change how the message or its headers are read. */
const UNUSUAL: ReadonlySet<string> = new Set([
  "transfer-encoding",
  "te",
  "trailer",
  "upgrade",
  "expect",
  "proxy-connection",
  "set-cookie",
  "__proto__",
]);

/** The last request of a connection. The next one often differs only in its body and its `Idempotency-Key`. */
interface Previous {
  head: RequestHead;
  /** The head without the values that may differ, which are between its parts. */
  parts: readonly Buffer[];
  values: readonly HeadValue["of"][];
}

/** The place of a value that differs from request to request. */
interface HeadValue {
  of: "length" | "key";
  at: number;
  /** Bytes. */
  size: number;
}

/** Longer values of `Idempotency-Key` are parsed each time: they are rejected anyway. */
const MAX_KEY_BYTES = 64;

const EMPTY = Buffer.alloc(0);

/**
 * Reads the requests of one connection that are common, well-formed and complete. Its grammar is a strict subset of
 * what `node:http` accepts, and has the same meaning there.
 */
export class RequestReader {
  /** Where the body of the request that was read last is in its chunk. */
  bodyStart = 0;
  bodyEnd = 0;
  #previous: Previous | null = null;
  /** The head of `#previous`. Not from Node's pool, of which it would keep a whole slab. */
  #kept: Buffer = EMPTY;
  /** The header names of the last request, in order. */
  readonly #names: HeaderName[] = [];

  /** The request that begins at `start`; null if there is none of this kind. */
  read(chunk: Buffer, start: number): RequestHead | null {
    return this.#readLikePrevious(chunk, start) ?? this.#readNew(chunk, start);
  }

  #readLikePrevious(chunk: Buffer, start: number): RequestHead | null {
    if (this.#previous === null) return null;
    const { head, parts, values } = this.#previous;
    let at = start;
    let length = 0;
    let key: string | null = null;
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? EMPTY;
      const end = at + part.length;
      if (chunk.length < end || chunk.compare(part, 0, part.length, at, end) !== 0) return null;
      at = end;
      const value = values[index];
      if (value === undefined) continue;
      const valueEnd = value === "length" ? endOfDigits(chunk, at) : endOfKey(chunk, at);
      if (valueEnd === at) return null;
      if (value === "key") key = chunk.toString("latin1", at, valueEnd);
      else {
        length = numberIn(chunk, at, valueEnd);
        if (length > MAX_CHECK_BODY_BYTES.batch) return null;
      }
      at = valueEnd;
    }
    const { kind, method, url, headers } = head;
    const read = key === null ? head : { kind, method, url, headers: { ...headers, [KEY_HEADER]: key } };
    return this.#take(read, length, chunk, at);
  }

  #readNew(chunk: Buffer, start: number): RequestHead | null {
    const end = chunk.indexOf("\r\n\r\n", start, "latin1");
    if (end === -1 || end - start > MAX_HEAD_BYTES) return null;
    const bodyStart = end + 4;
    const text = chunk.toString("latin1", start, bodyStart);
    const methodEnd = text.indexOf(" ");
    const urlEnd = text.indexOf(" ", methodEnd + 1);
    const linesAt = urlEnd + VERSION.length;
    if (methodEnd === -1 || urlEnd === -1 || !text.startsWith(VERSION, urlEnd)) return null;
    // A copy: a slice would keep the whole head in memory for as long as the cache keeps a part of the URL.
    const url = chunk.toString("latin1", start + methodEnd + 1, start + urlEnd);
    if (!ORIGIN_FORM.test(url)) return null;
    HEADER_LINES.lastIndex = linesAt;
    if (!HEADER_LINES.test(text) || HEADER_LINES.lastIndex !== text.length) return null;
    const method = text.slice(0, methodEnd);
    const kind = checkKindOf(pathOf(url));
    if (kind === null || (kind === "gate" ? !GATE_METHODS.has(method) : method !== "POST")) return null;
    const read = readHeaders(text, linesAt, this.#names);
    if (read === null) return null;
    const { headers, lengthAt, keyAt } = read;
    const declared = headers["content-length"];
    if (headers.host === undefined || headers.host === "") return null;
    if (declared !== undefined && !LENGTH.test(declared)) return null;
    const head = { kind, method, url, headers };
    if (kind === "gate") return Number(declared ?? 0) === 0 ? this.#take(head, 0, chunk, bodyStart) : null;
    if (declared === undefined || this.#take(head, Number(declared), chunk, bodyStart) === null) return null;
    const size = bodyStart - start;
    this.#previous = null;
    if (size > MAX_KEPT_HEAD_BYTES) return head;
    if (this.#kept.length < size) this.#kept = Buffer.allocUnsafeSlow(size);
    chunk.copy(this.#kept, 0, start, bodyStart);
    const values: HeadValue[] = [{ of: "length", at: lengthAt, size: declared.length }];
    const key = headers[KEY_HEADER];
    if (keyAt > 0 && typeof key === "string") values.push({ of: "key", at: keyAt, size: key.length });
    this.#previous = { head, ...partsOf(this.#kept.subarray(0, size), values) };
    return head;
  }

  #take(head: RequestHead, length: number, chunk: Buffer, bodyStart: number): RequestHead | null {
    const bodyEnd = bodyStart + length;
    const maxLength = head.kind === "batch" ? MAX_CHECK_BODY_BYTES.batch : MAX_CHECK_BODY_BYTES.single;
    if (length > maxLength || bodyEnd > chunk.length) return null;
    this.bodyStart = bodyStart;
    this.bodyEnd = bodyEnd;
    return head;
  }
}

const KEY_HEADER = "idempotency-key";
const [EXCLAMATION_MARK, ZERO, NINE, TILDE] = [33, 48, 57, 126];

function isWithin(code: number | undefined, first: number, last: number): boolean {
  return code !== undefined && code >= first && code <= last;
}

/** The end of the digits of a number at `start`; `start` if there is none, or one with a leading zero. */
function endOfDigits(chunk: Buffer, start: number): number {
  let end = start;
  while (isWithin(chunk[end], ZERO, NINE)) end++;
  const hasLeadingZero = chunk[start] === ZERO && end > start + 1;
  return hasLeadingZero || end - start > MAX_LENGTH_DIGITS ? start : end;
}

function numberIn(chunk: Buffer, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + (chunk[at] ?? ZERO) - ZERO;
  return number;
}

/** The end of visible ASCII characters at `start`; `start` if there are none or too many. */
function endOfKey(chunk: Buffer, start: number): number {
  let end = start;
  while (isWithin(chunk[end], EXCLAMATION_MARK, TILDE)) end++;
  return end - start > MAX_KEY_BYTES ? start : end;
}

/** Cuts the values out of a head. */
function partsOf(head: Buffer, values: readonly HeadValue[]): Pick<Previous, "parts" | "values"> {
  const ordered = values.toSorted((a, b) => a.at - b.at);
  let start = 0;
  const parts = ordered.map(({ at, size }) => {
    const part = head.subarray(start, at);
    start = at + size;
    return part;
  });
  return { parts: [...parts, head.subarray(start)], values: ordered.map(({ of }) => of) };
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

/** The name of a header, as one client writes it. */
interface HeaderName {
  /** With the colon. */
  text: string;
  /** In lower case; null if the header is unusual. */
  name: string | null;
  /** Whether all connections share it. The others are not kept by any. */
  isShared: boolean;
}

/** By their text without the colon. */
const names = new Map<string, HeaderName>();
const MAX_NAMES = 1_000;

/** Names that are not in the map are long or rare, or an attack on its size. */
function nameOf(text: string): HeaderName {
  const known = names.get(text);
  if (known !== undefined) return known;
  const lower = text.toLowerCase();
  // A copy: a slice would keep the whole head in memory.
  const key = Buffer.from(text, "latin1").toString("latin1");
  const isShared = names.size < MAX_NAMES && text.length <= 40;
  const fresh = { text: `${key}:`, name: UNUSUAL.has(lower) ? null : lower, isShared };
  if (isShared) names.set(key, fresh);
  return fresh;
}

/**
 * The headers of a text that matches `HEADER_LINES` from `at` on, and where the values of `Content-Length` and
 * `Idempotency-Key` begin, 0 without one. Null if any header is repeated or unusual. `expected` are the names of the
 * connection's last request, which are often the same; it is updated.
 */
function readHeaders(
  text: string,
  at: number,
  expected: HeaderName[],
): { headers: IncomingHttpHeaders; lengthAt: number; keyAt: number } | null {
  const headers: IncomingHttpHeaders = {};
  let lengthAt = 0;
  let keyAt = 0;
  let count = 0;
  for (let lineAt = at; lineAt < text.length - 2; count++) {
    let header = expected[count];
    if (header === undefined || !text.startsWith(header.text, lineAt)) {
      header = nameOf(text.slice(lineAt, text.indexOf(":", lineAt)));
      if (count < MAX_HEADERS && header.isShared) expected[count] = header;
    }
    const { name } = header;
    // Also true of a name that every object has, such as `constructor`.
    if (name === null || headers[name] !== undefined || count === MAX_HEADERS) return null;
    const colon = lineAt + header.text.length - 1;
    const end = text.indexOf("\r", colon);
    const valueAt = text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1;
    const raw = text.slice(valueAt, end);
    const value = hasOuterSpace(raw) ? raw.replace(OUTER_SPACE, "") : raw;
    if (name === "connection" && value.toLowerCase() !== "keep-alive") return null;
    if (name === "content-length") {
      if (value !== raw) return null;
      lengthAt = valueAt;
    }
    if (name === KEY_HEADER && value === raw) keyAt = valueAt;
    headers[name] = value;
    lineAt = end + 2;
  }
  return { headers, lengthAt, keyAt };
}

const SPACE = 32;
const TAB = 9;

function hasOuterSpace(text: string): boolean {
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  return first === SPACE || first === TAB || last === SPACE || last === TAB;
}
