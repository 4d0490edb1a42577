import fc from "fast-check";
import { extraHeaders, type Header, headerText, maybe, tokenAmong } from "./headers.ts";
import { commonHeaders, nextHeaders, present } from "./portal-headers.ts";
import { mostly, strangeJson, strangeText } from "./texts.ts";
import { written } from "./wire.ts";

/** The real values of the portal under test. */
export interface RealPortal {
  /** Its public address. */
  url: string;
  projectId: string;
  /** Values of the header `Cookie` with valid sessions. */
  cookies: string[];
  managementTokens: string[];
  /** Ids of server actions. */
  actionIds: string[];
  /** Method and path of each call of the API. */
  apiRoutes: { method: string; path: string }[];
}

const PAGES = [
  ..."/ /sign-in /sign-up /invite /setup /found-a-key /projects /account /notifications /apis".split(" "),
  ..."/apis/badges /admin /admin/users /admin/projects /admin/audit /admin/apis /admin/keys".split(" "),
  ..."/admin/policies /admin/unused /admin/verifiers /admin/approvals /nowhere /sign-in/ //evil.example".split(
    " ",
  ),
  ..."/_next/image /_next/static/x /_next/data/x.json /brand/icon-0.svg /livez /readyz /favicon.ico".split(
    " ",
  ),
];
const PROJECT_PAGES = [
  "",
  ..."/keys /usage /members /apis /audit /denials /requests /settings /limits /webhooks".split(" "),
  ..."/keys/apis /propagation /usage/data /usage/csv /denials/data /requests/data /statements/csv".split(" "),
];

/** A request target ends at a space, and other characters end the request. */
const encoded = (text: string) =>
  text.replace(/[^!-~]/gu, (unit) => encodeURIComponent(unit.toWellFormed())).slice(0, 4_000);

const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          "cursor",
          "next",
          "token",
          "q",
          "range",
          "from",
          "key",
          "api",
          "search",
          "seq",
          "_rsc",
          "error",
          "callbackUrl",
          "__proto__",
        ),
        strangeText,
      )
      .map(([name, value]) => `?${name}=${encodeURIComponent(value.toWellFormed())}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("?", "?%", "?a=%ff&a=%00", "?a[]=1&a=2", `?${"a=1&".repeat(500)}`),
  },
);

/** The path of a page, or a similar one. */
function target({ projectId }: RealPortal): fc.Arbitrary<string> {
  const page = fc.oneof(
    fc.constantFrom(...PAGES),
    fc.constantFrom(...PROJECT_PAGES).map((path) => `/projects/${projectId}${path}`),
  );
  const strange = fc.oneof(
    strangeText.map((text) => `/${text}`),
    strangeText.map((text) => `/projects/${encodeURIComponent(text.toWellFormed())}`),
    page.map((path) => `http://evil.example${path}`),
    fc.constantFrom(
      "*",
      "/%ff",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/\\evil.example",
      "/a#b",
      "/projects/__proto__",
    ),
  );
  return fc.tuple(mostly(page, strange), query).map(([path, rest]) => encoded(path + rest));
}

/** A request for a page as browsers and Next's client send it, or a nearly valid one. */
export function pageRequest(real: RealPortal): fc.Arbitrary<Buffer> {
  const method = mostly(
    fc.constant("GET"),
    fc.constantFrom("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE"),
  );
  return fc
    .tuple(method, target(real), commonHeaders(real), nextHeaders, extraHeaders)
    .map(([method, path, common, next, extra]) =>
      whole(method, path, [...present([...common, ...next]), ...extra], ""),
    );
}

/** One argument of a server action as React serializes it, or a nearly valid one. */
const argument = fc.oneof(
  strangeJson,
  fc
    .constantFrom(
      ..."$undefined $NaN $-Infinity $n12345678901234567890 $Dx $Sx $F1 $K1 $Q1 $W1 $i1 $r1 $@1 $1 $T $B1 $h1".split(
        " ",
      ),
    )
    .map((text) => JSON.stringify(text)),
  strangeText.map((text) => JSON.stringify(`$${text}`)),
);
const argumentList = fc.array(argument, { maxLength: 3 }).map((list) => `[${list.join(",")}]`);

/** Parts of a form, including those that Next reads. */
function form(actionIds: string[]): fc.Arbitrary<string> {
  const id = mostly(fc.constantFrom(...actionIds), fc.constantFrom("", "zz", "__proto__", "0".repeat(42)));
  const name = fc.oneof(
    fc.constantFrom(
      "0",
      "1",
      "_0",
      "$ACTION_REF_1",
      "$ACTION_1:0",
      "$ACTION_1:1",
      "$ACTION_KEY",
      "email",
      "__proto__",
    ),
    id.map((text) => `$ACTION_ID_${text}`),
    id.map((text) => `1_$ACTION_ID_${text}`),
    headerText.map((text) => text.slice(0, 60)),
  );
  const value = fc.oneof(
    argumentList,
    argument,
    strangeText,
    id.map((text) => JSON.stringify({ id: text, bound: "$@1" })),
  );
  const part = fc
    .tuple(name, value, fc.constantFrom("", '; filename="a.txt"', "; filename*=UTF-8''%ff"))
    .map(
      ([field, content, file]) =>
        `--b\r\nContent-Disposition: form-data; name="${field}"${file}\r\n\r\n${content}\r\n`,
    );
  const end = mostly(fc.constant("--b--\r\n"), fc.constantFrom("", "--b", "--b--", "--b\r\n", "--c--\r\n"));
  return fc.tuple(fc.array(part, { maxLength: 5 }), end).map(([parts, last]) => parts.join("") + last);
}

/** A server action of a page: id, arguments or form, valid or nearly valid. */
export function actionRequest(real: RealPortal): fc.Arbitrary<Buffer> {
  const id = mostly(
    fc.constantFrom(...real.actionIds),
    fc.oneof(
      fc.constantFrom("x", "0".repeat(42), "4".repeat(42), "__proto__", "constructor", ""),
      headerText,
    ),
  );
  const multipart = fc.constantFrom(
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    'Multipart/Form-Data; boundary="b',
    "multipart/form-data; boundary=",
  );
  const content = fc.oneof(
    fc.tuple(
      fc.constantFrom("text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "application/json"),
      argumentList,
    ),
    fc.tuple(multipart, form(real.actionIds)),
    fc.tuple(fc.oneof(multipart, headerText), fc.uint8Array({ maxLength: 2_000 })),
  );
  return fc
    .record({
      path: target(real),
      action: maybe("Next-Action", id),
      content,
      common: commonHeaders(real),
      next: nextHeaders,
      extra: extraHeaders,
    })
    .map(({ path, action, content: [type, body], common, next, extra }) =>
      whole("POST", path, [["Content-Type", type], ...present([action, ...common, ...next]), ...extra], body),
    );
}

/** A request to the API or the sign-in endpoints, valid or nearly valid. */
export function apiRequest(real: RealPortal): fc.Arbitrary<Buffer> {
  const value = mostly(
    fc.constant(real.projectId),
    strangeText.map((text) => encodeURIComponent(text.toWellFormed())),
  );
  const call = fc
    .tuple(fc.constantFrom(...real.apiRoutes), value, query)
    .map(
      ([{ method, path }, id, rest]) => [method, encoded(path.replace(/\{\w+\}/g, () => id) + rest)] as const,
    );
  const auth = fc
    .tuple(
      fc.constantFrom("GET", "POST"),
      fc.constantFrom(
        ..."csrf providers session signin signin/github callback/github callback/credentials signout error verify-request _log x callback/%00 __proto__".split(
          " ",
        ),
      ),
      query,
    )
    .map(([method, name, rest]) => [method, encoded(`/api/auth/${name}${rest}`)] as const);
  const type = mostly(
    fc.constant("application/json"),
    fc.oneof(fc.constantFrom("application/x-www-form-urlencoded", "text/plain"), headerText),
  );
  return fc
    .record({
      asked: mostly(call, auth),
      token: tokenAmong(real.managementTokens),
      type,
      body: fc.oneof(fc.constant(""), strangeJson, fc.uint8Array({ maxLength: 2_000 })),
      common: commonHeaders(real),
      idempotency: maybe("Idempotency-Key", headerText),
      extra: extraHeaders,
    })
    .map(({ asked: [method, path], token, type, body, common, idempotency, extra }) =>
      whole(
        method,
        path,
        [
          ["Authorization", `Bearer ${token}`],
          ["Content-Type", type],
          ...present([...common, idempotency]),
          ...extra,
        ],
        method === "GET" ? "" : body,
      ),
    );
}

/** Completed to one whole request on a separate connection. */
function whole(method: string, path: string, headers: Header[], body: string | Uint8Array): Buffer {
  const framing: Header[] = [
    ["Host", "evil.example"],
    ["Connection", "close"],
    ["Content-Length", String(Buffer.byteLength(body))],
  ];
  return written(method, path, [...framing, ...headers], body);
}
