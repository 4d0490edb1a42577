import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { installCommands } from "./packages.ts";
import { type IntegrationFacts, integrationCode, STACKS, stackOf } from "./stacks.ts";

const FACTS = {
  verifierUrl: "http://verifier.internal:4001",
  api: "tickets",
  token: "acme_svc_1234",
  keyPrefix: "acme",
};
const filesOf = (id: string) => stackOf(id).paths.map((path) => ({ path, text: readFileSync(path, "utf8") }));
const codeOf = (id: string, facts: IntegrationFacts = FACTS) =>
  integrationCode(stackOf(id), filesOf(id), facts);

test("the verification with curl works as pasted into a shell", () => {
  const [curl] = codeOf("curl");
  const script = `curl() { printf '%s\\0' "$@"; }\n${curl?.code}`;
  const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  expect(words[0]).toBe("http://verifier.internal:4001/api/v1/keys/verify");
  expect(words).toContain("Authorization: Bearer acme_svc_1234");
  expect(JSON.parse(words.at(-1) ?? "")).toMatchObject({ api: "tickets" });
});

test("a service gets its environment, its packages and the example as it is", () => {
  expect(codeOf("express")).toEqual([
    {
      title: ".env",
      code: "LATCHKEY_VERIFIER_URL=http://verifier.internal:4001\nLATCHKEY_TOKEN=acme_svc_1234\nLATCHKEY_API=tickets",
    },
    { title: "Terminal", code: installCommands("typescript", ["express"]) },
    { title: "express.mts", code: readFileSync("sdk/typescript/examples/express.mts", "utf8").trimEnd() },
  ]);
});

const GATEWAYS = ["nginx", "envoy", "caddy", "haproxy", "traefik"];

test.each(GATEWAYS)("the configuration of %s has the verifier, API, token and prefix filled in", (id) => {
  const [{ code } = { code: "" }] = codeOf(id);
  expect(code).toContain("acme_svc_1234");
  expect(code).toMatch(/\/api\/v1\/gate\/\w+\/tickets/);
  expect(code).toMatch(/verifier\.internal(:|, port_value: )4001/);
  expect(code).not.toMatch(/lk_svc_|\blk_\(|gate\/\w+\/badges|:3001|port_value: 3001/);
});

test.each(GATEWAYS)("%s keeps the placeholder of a verifier behind TLS", (id) => {
  const [{ code } = { code: "" }] = codeOf(id, { ...FACTS, verifierUrl: "https://verify.example.com" });
  expect(code).toMatch(/127\.0\.0\.1(:|, port_value: )3001/);
  expect(code).not.toContain("verify.example.com");
});

test("a token for all APIs leaves the API out of the environment", () => {
  const [env] = codeOf("go", { ...FACTS, api: null });
  expect(env?.code).not.toContain("LATCHKEY_API");
});

test("an unknown stack is the first one", () => {
  expect(stackOf("cobol")).toBe(STACKS[0]);
});
