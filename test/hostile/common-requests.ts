import fc from "fast-check";
import { generateToken } from "#core/tokens.ts";
import { PIECES } from "./framing.ts";
import { written } from "./wire.ts";

type Header = readonly [name: string, value: string];

/** The real values of the verifier under test. */
export interface Real {
  secret: string;
  token: string;
}

const VERIFY = "/api/v1/keys/verify";
const HOST: Header = ["Host", "verifier"];
const EXTRA: Header[] = [
  ["Accept", "*/*"],
  ["User-Agent", "tést\tclient"],
  ["Connection", "keep-alive"],
  ["Connection", "Keep-Alive"],
  ["Connection", "close"],
  ["Connection", "keep-alive, close"],
  ["connection", "upgrade"],
  ["X-Empty", ""],
  ["X-Spaces", " \t a b \t "],
  ["x-forwarded-for", "198.51.100.8"],
  ["Referer", "https://www.example.com/"],
  ["Cookie", "a=b"],
  ["constructor", "x"],
  ["__proto__", "x"],
  ["Content-Type", "text/plain"],
  ["Authorization", "Basic x"],
  ["Content-Encoding", "gzip"],
  ["Host", "second"],
  ["Keep-Alive", "timeout=5"],
  ["TE", "trailers"],
  ["Trailer", "X-Sum"],
  ["Proxy-Connection", "close"],
  ["Set-Cookie", "a=b"],
  ["traceparent", `00-${"a".repeat(32)}-${"b".repeat(16)}-01`],
];

const extras = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Header[]>([]) },
  { weight: 2, arbitrary: fc.subarray(EXTRA, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 120 }, (_, n): Header => [`X-${n}`, "y"])) },
);

/** A request that is well-formed and common, or nearly so. */
export function commonRequest({ secret, token }: Real): fc.Arbitrary<Buffer> {
  const key = fc.constantFrom(secret, secret, "junk", generateToken("lk", "live"), "ключ");
  const check = key.map((key) => JSON.stringify({ key, api: "badges" }));
  const verify = fc.record({
    target: fc.constantFrom(VERIFY, VERIFY, `${VERIFY}?a=1`, `${VERIFY}#a`, `http://x${VERIFY}`, "/livez"),
    method: fc.constantFrom("POST", "POST", "POST", "GET", "PUT", "post"),
    body: fc.oneof(check, check, fc.constantFrom("", "{", "x".repeat(20_000))),
    authorization: fc.constantFrom(`Bearer ${token}`, `bearer   ${token}`, `Bearer ${token}x`, ""),
    extra: extras,
  });
  const batch = fc.array(check, { minLength: 1, maxLength: 3 }).map((checks) => `{"checks":[${checks}]}`);
  return fc.oneof(
    verify.map(({ target, method, body, authorization, extra }) =>
      written(method, target, [HOST, ...verifyHeaders(authorization), length(body), ...extra], body),
    ),
    batch.map((body) =>
      written("POST", `${VERIFY}/batch`, [HOST, ...verifyHeaders(`Bearer ${token}`), length(body)], body),
    ),
    fc
      .record({
        method: fc.constantFrom("GET", "HEAD", "OPTIONS", "DELETE", "POST", "PROPFIND"),
        proxy: fc.constantFrom("nginx", "envoy", "caddy", "none"),
        path: fc.constantFrom("badges", "badges/7?key=x", "streams", "x"),
        key: fc.oneof(
          key.filter((text) => !text.includes("к")),
          fc.constant(" "),
        ),
        token: fc.constantFrom(token, token, "x"),
        body: fc.constantFrom<Header[]>([], [], [["Content-Length", "0"]]),
        extra: extras,
      })
      .map(({ method, proxy, path, key, token, body, extra }) =>
        written(method, `/api/v1/gate/${proxy}/${path}`, [
          ...[HOST, ["X-Latchkey-Token", token] as const, ["X-Api-Key", key] as const],
          ...(["Original", "Forwarded"] as const).flatMap((which): Header[] => [
            [`X-${which}-Method`, "GET"],
            [`X-${which}-Uri`, "/badges"],
          ]),
          ...body,
          ...extra,
        ]),
      ),
  );
}

const length = (body: string): Header => ["Content-Length", String(Buffer.byteLength(body))];
const verifyHeaders = (authorization: string): Header[] => [
  ["Content-Type", "application/json"],
  ["Authorization", authorization],
];

/** Bytes that end, fold or hide a header line if a parser takes them for something else. */
const BYTES = [..."\0\n\r\t\v\x7f\x80\xff :,;+-0#?/\\", "\r\n", "\n\n", "\r\n ", "\r\n\r\n"];

/** A request for a verdict as most clients send it. */
export function plainCheck({ secret, token }: Real): Buffer {
  const body = JSON.stringify({ key: secret, api: "badges" });
  return written("POST", VERIFY, [HOST, ...verifyHeaders(`Bearer ${token}`), length(body)], body);
}

/** A gateway's request as most gateways send it. */
export function plainGate({ token }: Real): Buffer {
  return written("GET", "/api/v1/gate/envoy/badges/7", [HOST, ["X-Latchkey-Token", token]]);
}

/** Common requests, one of them with a single change: where two parsers are most likely to disagree. */
export function almostCommon(real: Real): fc.Arbitrary<Buffer> {
  const [verify, gate] = [plainCheck(real), plainGate(real)];
  const change = fc.oneof(
    fc.record({
      text: fc.constantFrom(...BYTES),
      cut: fc.nat(1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    // Behind one of the first lines.
    fc.record({ text: fc.constantFrom(...PIECES), line: fc.nat(2) }),
  );
  return fc
    .tuple(fc.constantFrom(verify, gate), change, fc.constantFrom(verify, gate))
    .map(([first, change, second]) => {
      const text = first.toString("latin1");
      if ("cut" in change) {
        // Within the head, or just behind it.
        const at = Math.floor(change.at * (text.indexOf("\r\n\r\n") + 8));
        return Buffer.from(text.slice(0, at) + change.text + text.slice(at + change.cut) + second, "latin1");
      }
      const lines = text.split("\r\n");
      lines[change.line] += `\r\n${change.text.slice(0, -2)}`;
      return Buffer.from(lines.join("\r\n") + second, "latin1");
    });
}
