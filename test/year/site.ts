import { expect } from "vitest";
import { freePort } from "../ports.ts";
import type { Operator, Started } from "./operator.ts";

/** Each wait ends when its condition holds: the limit only matters on a busy machine. */
export const POLL = { timeout: 300_000, interval: 100 };
/** Requests in five seconds that the limited key may make. */
export const RATE = 5;

/** What services know: how to have keys verified, and what they were answered. */
export const service = {
  token: "",
  /** Verdicts since the last loss of data. The usage figures must say the same. */
  answered: 0,
  async verify(url: string, key: string): Promise<string> {
    const response = await fetch(`${url}/api/v1/keys/verify`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: JSON.stringify({ key, api: "badges" }),
    });
    const body = await response.text();
    if (response.status !== 200) return String(response.status);
    const { code } = JSON.parse(body);
    if (code !== "KEY_NOT_FOUND") this.answered++;
    return code;
  },
  /** Exchanges a key for an access token, which is counted like a check. */
  async exchange(url: string, key: string): Promise<string> {
    const response = await fetch(`${url}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token: key,
        subject_token_type: "urn:latchkey:token-type:api-key",
        audience: "badges",
      }),
    });
    const body = await response.text();
    expect([response.status, body]).toEqual([200, expect.any(String)]);
    this.answered++;
    return JSON.parse(body).access_token;
  },
};

/** An installation on one machine: its portal, its verifier, and how to end both. */
export interface One extends Started {
  verifier: string;
}

export async function startOne(operator: Operator): Promise<One> {
  const port = await freePort();
  const started = await operator.start({ VERIFIER_PORT: String(port) });
  const verifier = `http://127.0.0.1:${port}`;
  return { ...started, verifier };
}

export interface Keys {
  plainId: string;
  plain: string;
  limitedId: string;
  limited: string;
}

export async function install(operator: Operator): Promise<{ one: One; project: string; keys: Keys }> {
  await operator.run(["build"]);
  const one = await startOne(operator);
  const ada = ["--email", "ada@example.com", "--name", "Ada", "--role", "admin", "--password-stdin"];
  await operator.run(["user", "create", ...ada], { input: "a long passphrase of Ada\n" });
  operator.token = await operator.run([
    "token",
    "create",
    "--user",
    "ada@example.com",
    "--name",
    "terraform",
  ]);
  const call = (method: string, path: string, body?: unknown) => operator.call(one.url, method, path, body);
  await call("POST", "/apis", { slug: "badges", name: "Badges" });
  const { id: project } = await call("POST", "/projects", { name: "Conference" });
  await call("PUT", `/projects/${project}/apis/badges`);
  service.token = (await call("POST", "/admin/service-tokens", { name: "badges" })).token;
  const make = (name: string, more: object = {}) =>
    call("POST", `/projects/${project}/keys`, { name, environment: "live", ...more });
  const plain = await make("plain");
  const limited = await make("limited", { limits: { rate: { limit: RATE, windowSeconds: 5 } } });
  const keys = {
    plainId: plain.key.id,
    plain: plain.secret,
    limitedId: limited.key.id,
    limited: limited.secret,
  };
  await expect.poll(() => service.verify(one.verifier, keys.plain), POLL).toBe("VALID");
  return { one, project, keys };
}

export async function usageOf(
  operator: Operator,
  { url }: { url: string },
  project: string,
): Promise<number> {
  const { total } = await operator.call(url, "GET", `/projects/${project}/usage?interval=day`);
  return total;
}

/** The usage figures equal the number of answers that services got. */
export async function expectUsage(operator: Operator, at: { url: string }, project: string): Promise<void> {
  await expect.poll(() => usageOf(operator, at, project), POLL).toBe(service.answered);
}

export async function expectHealthy(operator: Operator): Promise<void> {
  const ask = () =>
    operator.run(["doctor", "--json"]).then(
      (out) => JSON.parse(out).ok,
      (error: Error) => error.message,
    );
  await expect.poll(ask, POLL).toBe(true);
}
