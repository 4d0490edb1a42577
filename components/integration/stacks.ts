import { installCommands } from "./packages.ts";

/** What the code for a stack is filled in with. */
export interface IntegrationFacts {
  /** Where keys are verified. */
  verifierUrl: string;
  /** The API's slug; null if the service token is valid for all APIs. */
  api: string | null;
  /** The service token, or a placeholder. */
  token: string;
  /** Of keys: "lk". */
  keyPrefix: string;
}

/** A file of the repository that is shown as it is, or with the facts filled in. */
export interface IntegrationFile {
  /** From the project's root. */
  path: string;
  text: string;
}

export interface CodeText {
  /** A file name, or the kind of code. */
  title: string;
  code: string;
}

export interface Stack {
  id: string;
  label: string;
  /** Installs the packages of the example. Gateways have none. */
  install?: string;
  /** Run by the tests, so that what is shown works. */
  paths: readonly string[];
}

/** Node takes `.mts` for a module whatever `package.json` says. */
const typescript = (id: string, label: string, packages: string[] = [], extension = "mts"): Stack => ({
  id,
  label,
  install: installCommands("typescript", packages),
  paths: [`sdk/typescript/examples/${id}.${extension}`],
});
const python = (id: string, label: string, packages: string[] = []): Stack => ({
  id,
  label,
  install: installCommands("python", packages),
  paths: [`sdk/python/examples/${id}_app.py`],
});
const gateway = (id: string, label: string, files: string[]): Stack => ({
  id,
  label,
  paths: files.map((file) => `docs/integrate/gateways/${file}`),
});

/** How a service can verify keys: with plain HTTP, with an SDK, or by its gateway. */
export const STACKS: readonly Stack[] = [
  { id: "curl", label: "curl", paths: [] },
  typescript("express", "Express", ["express"]),
  typescript("fastify", "Fastify", ["fastify"]),
  typescript("hono", "Hono", ["hono", "@hono/node-server"]),
  typescript("next", "Next.js", [], "ts"),
  typescript("web", "Deno, Bun and Workers", [], "ts"),
  python("fastapi", "FastAPI", ["fastapi", "uvicorn"]),
  python("django", "Django", ["django", "uvicorn"]),
  python("asgi", "ASGI", ["uvicorn"]),
  python("wsgi", "WSGI"),
  {
    id: "go",
    label: "Go",
    install: installCommands("go"),
    paths: ["sdk/go/examples/nethttp/main.go"],
  },
  gateway("nginx", "nginx", ["nginx.conf"]),
  gateway("envoy", "Envoy", ["envoy.yaml"]),
  gateway("caddy", "Caddy", ["Caddyfile"]),
  gateway("haproxy", "HAProxy", ["haproxy.cfg", "haproxy.lua"]),
  gateway("traefik", "Traefik", ["traefik.yml", "traefik-static.yml"]),
];

/** The stack with this id; the first if there is none. */
export function stackOf(id: string | null | undefined): Stack {
  return STACKS.find((stack) => stack.id === id) ?? (STACKS[0] as Stack);
}

/** Whether a gateway verifies, so that the service needs no code. */
export function isGateway(stack: Stack): boolean {
  return stack.install === undefined && stack.paths.length > 0;
}

/** What to paste for a stack, in order. */
export function integrationCode(
  stack: Stack,
  files: readonly IntegrationFile[],
  facts: IntegrationFacts,
): CodeText[] {
  const { install } = stack;
  const code = files.map(({ path, text }) => ({
    title: path.split("/").at(-1) ?? path,
    code: isGateway(stack) ? gatewayConfiguration(text, facts) : text.trimEnd(),
  }));
  if (isGateway(stack)) return code;
  if (install === undefined) return [{ title: stack.label, code: verification(facts) }];
  return [{ title: ".env", code: environment(facts) }, { title: "Terminal", code: install }, ...code];
}

function environment({ verifierUrl, token, api }: IntegrationFacts): string {
  const lines = [`LATCHKEY_VERIFIER_URL=${verifierUrl}`, `LATCHKEY_TOKEN=${token}`];
  return [...lines, ...(api === null ? [] : [`LATCHKEY_API=${api}`])].join("\n");
}

function verification({ verifierUrl, token, api, keyPrefix }: IntegrationFacts): string {
  const body = JSON.stringify({ key: `${keyPrefix}_live_…`, api: api ?? "the-api" });
  return [
    `curl ${verifierUrl}/api/v1/keys/verify \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ].join("\n");
}

/**
 * A documented configuration with the verifier's address, the API, the token and the prefix of keys filled in. The
 * address of a verifier behind TLS stays a placeholder: the configurations ask the verifier over HTTP.
 */
export function gatewayConfiguration(documented: string, facts: IntegrationFacts): string {
  const { protocol, hostname, port } = new URL(facts.verifierUrl);
  const filled = documented
    .replace(
      /\/api\/v1\/gate\/(\w+)\/badges/g,
      (_, proxy) => `/api/v1/gate/${proxy}/${facts.api ?? "badges"}`,
    )
    .replaceAll("lk_svc_REPLACE_ME", () => facts.token)
    .replace(/\blk_(?=\()/g, () => `${facts.keyPrefix}_`);
  if (protocol !== "http:") return filled;
  const verifierPort = port || "80";
  return filled
    .replaceAll("127.0.0.1:3001", `${hostname}:${verifierPort}`)
    .replace(
      "address: 127.0.0.1, port_value: 3001",
      `address: ${hostname.replace(/^\[|\]$/g, "")}, port_value: ${verifierPort}`,
    );
}
