import { afterEach, beforeEach, expect, test } from "vitest";
import { type Receiver, startReceiver } from "#test/receiver.ts";
import { postEvents } from "./post-events.ts";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

const REQUEST = {
  headers: [
    ["content-type", "application/json"],
    ["authorization", "Bearer key"],
  ] as [string, string][],
  body: '[{"id":"ü"}]',
};
const send = (more: Partial<Parameters<typeof postEvents>[2]> = {}, url = receiver.url) =>
  postEvents(url, REQUEST, { toPrivate: true, ...more });

test("one POST arrives with the headers and the body of the batch, and the answer comes back", async () => {
  receiver.next((response) => response.writeHead(422, { "Retry-After": "7" }).end("no"));
  expect(await send()).toEqual({ status: 422, body: "no", retryAfterMs: 7_000 });
  expect(receiver.received).toMatchObject([
    {
      body: REQUEST.body,
      headers: {
        "content-type": "application/json",
        authorization: "Bearer key",
        "content-length": String(Buffer.byteLength(REQUEST.body)),
        "user-agent": expect.stringMatching(/^Latchkey\//),
      },
    },
  ]);
});

test("an answer is read up to 256 KiB, and a redirect is an answer that is not followed", async () => {
  receiver.next(
    (response) => response.writeHead(200).end("x".repeat(2_000_000)),
    (response) => response.writeHead(307, { Location: receiver.url }).end(),
  );
  const result = await send();
  expect("body" in result && result.body.length).toBe(256 * 1_024);
  expect(await send()).toMatchObject({ status: 307 });
  expect(receiver.received).toHaveLength(2);
});

test("a receiver that does not answer, or hangs up, may have read the request", async () => {
  receiver.next(
    () => {},
    (response) => response.destroy(),
  );
  expect(await send({ timeoutMs: 200 })).toEqual({ error: expect.any(String), sent: true });
  expect(await send()).toEqual({ error: expect.any(String), sent: true });
});

test("a receiver that can't be reached has read nothing", async () => {
  expect(await send({}, "http://127.0.0.1:1/")).toEqual({ error: expect.any(String), sent: false });
});

test.each([
  "http://127.0.0.1/",
  "https://127.0.0.1/",
  "https://[::1]/",
  "https://169.254.169.254/latest/meta-data",
  "https://2130706433/",
  "ftp://billing.example/",
])("%s is not called unless the deployment allows private IP addresses", async (url) => {
  expect(await send({ toPrivate: false }, url)).toEqual({ error: expect.any(String), sent: false });
});

test("a name that resolves to a private IP address is not called", async () => {
  const result = await postEvents("https://billing.example/", REQUEST, {
    toPrivate: false,
    resolveName: (_, done) => done(null, [{ address: "10.0.0.7", family: 4 }]),
  });
  expect(result).toEqual({ error: "Not called: a private IP address.", sent: false });
});
