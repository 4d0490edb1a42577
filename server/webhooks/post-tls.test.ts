import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { post } from "./post.ts";

const dir = mkdtempSync(join(tmpdir(), "latchkey-tls-"));
const servers: Server[] = [];

/** Issues a certificate with openssl; a root signs itself. */
function issue(name: string, by: string | null, isAuthority: boolean): void {
  const file = (suffix: string) => join(dir, `${name}.${suffix}`);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  writeFileSync(
    file("ext"),
    isAuthority ? "basicConstraints=critical,CA:TRUE\n" : "subjectAltName=IP:127.0.0.1\n",
  );
  openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file("key"));
  openssl("req", "-new", "-key", file("key"), "-subj", `/CN=${name}`, "-out", file("csr"));
  const signer =
    by === null
      ? ["-signkey", file("key")]
      : ["-CA", join(dir, `${by}.pem`), "-CAkey", join(dir, `${by}.key`), "-CAcreateserial"];
  openssl(
    "x509",
    "-req",
    "-in",
    file("csr"),
    ...signer,
    "-days",
    "2",
    "-extfile",
    file("ext"),
    "-out",
    file("pem"),
  );
}

const pem = (name: string) => readFileSync(join(dir, `${name}.pem`), "utf8");

beforeAll(() => {
  issue("root", null, true);
  issue("intermediate", "root", true);
  issue("leaf", "intermediate", false);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const withChain = (...chain: string[]) =>
  listen(
    createServer({ key: readFileSync(join(dir, "leaf.key")), cert: chain.map(pem).join("") }, (_, response) =>
      response.end(),
    ),
  );
const errorFrom = async (url: string) => (await post(url, {}, "{}", { toPrivate: true })).error;

test("if a receiver's intermediate certificate is missing, the message asks for the full chain", async () => {
  expect(await errorFrom(await withChain("leaf"))).toMatch(/does not send the intermediate certificate/);
});

test.each([[["leaf", "intermediate"]], [["leaf", "intermediate", "root"]]])(
  "an unknown authority is named for a receiver with the chain %j",
  async (chain) => {
    expect(await errorFrom(await withChain(...chain))).toMatch(/authority that this portal does not trust/);
  },
);

test("plain HTTP on a port that should speak TLS is named", async () => {
  const url = await listen(createHttpServer((_, response) => response.end()));
  expect(await errorFrom(url)).toMatch(/does not speak TLS/);
});

test("a response that is not HTTP is named", async () => {
  const url = await listen(
    createTcpServer((socket) =>
      socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.6\r\n", () => socket.destroy()),
    ),
  );
  expect(await errorFrom(url.replace("https:", "http:"))).toBe("The response is not HTTP.");
});

test("a Retry-After date is compared with the clock, and a past one means no wait", async () => {
  const url = (date: string) =>
    listen(createHttpServer((_, response) => response.writeHead(503, { "Retry-After": date }).end())).then(
      (address) => address.replace("https:", "http:"),
    );
  const now = () => Date.parse("2026-11-29T10:00:00Z");
  const asked = async (date: string) =>
    (await post(await url(date), {}, "{}", { toPrivate: true, now })).retryAfterMs;
  expect(await asked("Sun, 29 Nov 2026 10:05:00 GMT")).toBe(300_000);
  expect(await asked("Sun, 29 Nov 2026 09:00:00 GMT")).toBe(0);
});
