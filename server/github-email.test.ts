import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { primaryGithubEmail } from "./github-email.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/user/emails`;
}

const emails = [
  { email: "old@example.com", primary: false, verified: true, visibility: null },
  { email: "ada@example.com", primary: true, verified: false, visibility: "public" },
];

test("of an account's email addresses, the primary one counts, with whether it is verified", async () => {
  const url = await serve((request, response) => {
    expect(request.headers.authorization).toBe("Bearer gho_1");
    response.end(JSON.stringify(emails));
  });
  expect(await primaryGithubEmail("gho_1", url)).toEqual({
    email: "ada@example.com",
    primary: true,
    verified: false,
  });
});

test.each([401, 403, 404])("a token that may not read email addresses (%i) gives none", async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end("{}"));
  expect(await primaryGithubEmail("gho_1", url)).toBeUndefined();
});

test("an error of GitHub, or an answer that is no list, is not taken for an account without one", async () => {
  const failing = await serve((_, response) => response.writeHead(502).end());
  await expect(primaryGithubEmail("gho_1", failing)).rejects.toThrow("it answers 502");
  const html = await serve((_, response) => response.end("<html>"));
  await expect(primaryGithubEmail("gho_1", html)).rejects.toThrow("not JSON");
});
