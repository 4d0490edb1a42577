import fc from "fast-check";

/** Header lines that are invalid, or valid in some requests only. */
export const PIECES = [
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Content-Length: 5, 6",
  "Content-Length: 0x5",
  "Content-Length: +5",
  "Content-Length:",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding : chunked",
  "Transfer-Encoding:\tchunked",
  "Expect: 100-continue",
  "Expect: coffee",
  "Connection: upgrade",
  "Upgrade: websocket",
  "Upgrade: h2c",
  "Connection: keep-alive, close",
  "Keep-Alive: timeout=99999",
  "Host: a\r\nHost: b",
  " folded: line",
  "Trailer: x",
  "TE: trailers",
  "a\0b: c",
  ": empty",
  "no colon",
  "ünï: cödé",
].map((line) => `${line}\r\n`);
const FRAGMENTS = [
  "\r\n",
  "\n",
  "\r",
  "\0",
  "\r\n\r\n",
  " ",
  "\t",
  ":",
  "\xff",
  "0\r\n\r\n",
  "5\r\nhello\r\n",
  "FFFFFFFFFFFFFFFFF\r\n",
  '5;ext="a\r\n',
  "HTTP/0.9",
  "HTTP/2.0",
  "HTTP/1.0",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\x16\x03\x01\x02\x00\x01",
  ...[
    "CONNECT a:1 HTTP/1.1\r\n\r\n",
    "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
    "a".repeat(20_000),
    "SSH-2.0-x\r\n",
  ],
];

type Change = (bytes: string) => string;
const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const place = (bytes: string, where: number) => Math.floor(where * bytes.length);

/** Adds a line among the headers. */
const newHeader: fc.Arbitrary<Change> = fc
  .constantFrom(...PIECES)
  .map((piece) => (bytes) => bytes.replace("\r\n", `\r\n${piece}`));
const anywhere: fc.Arbitrary<Change> = fc
  .tuple(
    fc.oneof(fc.constantFrom(...FRAGMENTS), fc.constantFrom(...PIECES), fc.string({ unit: "binary-ascii" })),
    at,
  )
  .map(([piece, where]) => (bytes) => {
    const cut = place(bytes, where);
    return bytes.slice(0, cut) + piece + bytes.slice(cut);
  });
const removed: fc.Arbitrary<Change> = fc.tuple(at, fc.nat(30)).map(([where, count]) => (bytes) => {
  const cut = place(bytes, where);
  return bytes.slice(0, cut) + bytes.slice(cut + count);
});
const replaced: fc.Arbitrary<Change> = fc
  .tuple(at, fc.integer({ min: 0, max: 255 }))
  .map(([where, code]) => (bytes) => {
    const cut = place(bytes, where);
    return bytes.slice(0, cut) + String.fromCharCode(code) + bytes.slice(cut + 1);
  });
const truncated: fc.Arbitrary<Change> = at.map((where) => (bytes) => bytes.slice(0, place(bytes, where)));
const twice: fc.Arbitrary<Change> = fc.constant((bytes) => bytes + bytes);
const otherLength: fc.Arbitrary<Change> = fc
  .integer({ min: -2, max: 200_000 })
  .map((length) => (bytes) => bytes.replace(/Content-Length: \d+/, `Content-Length: ${length}`));
const inChunks: fc.Arbitrary<Change> = fc.constant((bytes) => {
  const [head = "", ...body] = bytes.split("\r\n\r\n");
  const text = body.join("\r\n\r\n");
  const chunked = head.replace(/Content-Length: \d+/, "Transfer-Encoding: chunked");
  return `${chunked}\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
});

const change = fc.oneof(newHeader, anywhere, removed, replaced, truncated, twice, otherLength, inChunks);

/** The same requests with one to three violations of HTTP, or random bytes. */
export function brokenRequest(requests: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const broken = fc
    .tuple(requests, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([bytes, changes]) => changes.reduce((text, make) => make(text), bytes.toString("latin1")))
    .map((text) => Buffer.from(text, "latin1"));
  const noise = fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes));
  return fc.oneof({ weight: 9, arbitrary: broken }, { weight: 1, arbitrary: noise });
}
