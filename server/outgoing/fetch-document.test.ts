import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { fetchDocument } from "./fetch-document.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const redirectTo =
  (location: string): RequestListener =>
  (_, response) => {
    response.writeHead(302, { location }).end();
  };

test("reads the text behind a redirect, without credentials", async () => {
  const url = await serve((request, response) => {
    expect(request.headers).not.toHaveProperty("cookie");
    expect(request.headers).not.toHaveProperty("authorization");
    if (request.url === "/") response.writeHead(302, { location: "/openapi.yaml" }).end();
    else response.end("openapi: 3.1.0");
  });
  expect(await fetchDocument(url, { toPrivate: true })).toEqual({ text: "openapi: 3.1.0" });
});

test.each<[string, RequestListener, RegExp]>([
  ["a loop of redirects", redirectTo("/again"), /more than 3 times/],
  ["a redirect to no URL", redirectTo("http://["), /not a URL/],
  ["a redirect to a file", redirectTo("file:///etc/passwd"), /request failed/],
  ["an error", (_, response) => response.writeHead(404).end("no"), /answered 404/],
  ["a closed connection", (request) => request.socket.destroy(), /closed/],
  ["gzip", (_, response) => response.end(Buffer.from([0x1f, 0x8b, 8, 0])), /gzip/],
  ["bytes that are no text", (_, response) => response.end(Buffer.from([0x41, 0xff, 0xc3, 0x28])), /UTF-8/],
])("%s is an error", async (_, listener, words) => {
  const url = await serve(listener);
  expect(await fetchDocument(url, { toPrivate: true })).toEqual({ error: expect.stringMatching(words) });
});

test("a longer document is not read to its end, and a slow one is given up", async () => {
  const long = await serve((_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(1_000, 0x20)));
      response.once("drain", more);
    };
    more();
  });
  const limits = { toPrivate: true, maxBytes: 10_000 };
  expect(await fetchDocument(long, limits)).toEqual({ error: "The document has more than 16 MiB." });
  server?.close();
  const slow = await serve((_, response) => response.write("openapi: "));
  expect(await fetchDocument(slow, { toPrivate: true, timeoutMs: 50 })).toEqual({
    error: "It did not respond in time.",
  });
});

test("private IP addresses are not called, neither directly nor behind a redirect", async () => {
  const url = await serve((_, response) => response.end("openapi: 3.1.0"));
  expect(await fetchDocument(url, { toPrivate: false })).toEqual({ error: "Not called: not https." });
  for (const host of ["127.0.0.1", "169.254.169.254", "[::1]", "10.0.0.1"]) {
    expect(await fetchDocument(`https://${host}/`, { toPrivate: false })).toEqual({
      error: "Not called: a private IP address.",
    });
  }
});
