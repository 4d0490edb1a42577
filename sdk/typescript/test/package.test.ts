import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsdown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../test/ports.ts";
import { createManagementClient } from "../src/management.ts";
import { deployment } from "./deployment.ts";

const SDK = join(import.meta.dirname, "..");
const MODULES = join(SDK, "../../node_modules");
const TYPESCRIPT = join(SDK, "node_modules/typescript/bin/tsc");

/** A project of someone else that has installed the SDK as its README says. */
let project: string;
let installed: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "latchkey-sdk-package-"));
  installed = join(project, "node_modules/@latchkey/sdk");
  // As `npm init` makes it.
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "commonjs" }));
  const packed = execFileSync("npm", ["pack", "--silent", SDK], { cwd: project, encoding: "utf8" }).trim();
  const install = ["i", "--offline", "--no-audit", "--no-fund", "--silent", packed];
  execFileSync("npm", install, { cwd: project, stdio: "inherit" });
  for (const name of ["express", "fastify", "hono", "@hono", "@types"]) {
    symlinkSync(join(MODULES, name), join(project, "node_modules", name));
  }
  cpSync(join(SDK, "examples"), join(project, "examples"), { recursive: true });
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("the package holds nothing but its build, README and license", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  expect(files).toContain("README.md");
  expect(
    files.filter((name) => !/^(dist(\/.*\.(js|d\.ts))?|LICENSE|README\.md|package\.json)$/.test(name)),
  ).toEqual([]);
  const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  expect(dependencies).toBeUndefined();
});

/** Functions that Node 20 doesn't have. */
const NEWER = [
  /\bURL\.parse\(/,
  /\b(?:Map|Object)\.groupBy\b/,
  /\bArray\.fromAsync\b/,
  /\bPromise\.(?:withResolvers|try)\b/,
  /\bRegExp\.escape\b/,
  /\bUint8Array\.from(?:Base64|Hex)\b/,
  /\bIterator\.(?:from|concat)\b/,
  /\.(?:values|keys|entries)\(\)\.(?:map|filter|some|every|find|take|drop|reduce|forEach|flatMap|toArray)\(/,
];

test("the build uses nothing that the oldest supported version of Node doesn't have", () => {
  const names = globSync("dist/**/*.js", { cwd: installed });
  expect(names.length).toBeGreaterThan(10);
  const code = names.map((name) => readFileSync(join(installed, name), "utf8")).join("\n");
  expect(NEWER.flatMap((pattern) => pattern.exec(code)?.[0] ?? [])).toEqual([]);
});

test("its types and the examples compile in a strict project", () => {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom"],
    types: ["node"],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["examples"] }));
  execFileSync(process.execPath, [TYPESCRIPT, "-p", project], { stdio: "inherit" });
}, 180_000);

test("the service of the README answers 401 without a key and 200 with one", async () => {
  const readme = readFileSync(join(installed, "README.md"), "utf8");
  const code = /```js\n(\/\/ server\.mjs\n.*?)```/s.exec(readme)?.[1] ?? "";
  writeFileSync(join(project, "server.mjs"), code);
  await expectService([process.execPath, "server.mjs"], "from the README");
});

test.each(["express", "fastify", "hono"])("the example for %s works", async (name) => {
  await expectService([process.execPath, `examples/${name}.mts`], name);
});

/** What an edge runtime has of Node: a process with an environment. Its modules can't be imported. */
const EDGE = `
import { registerHooks } from "node:module";
const { env } = process;
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.startsWith("node:")) throw new Error("an edge runtime has no " + specifier);
    return resolved;
  },
});
// Node's own fetch needs them.
for (const name of ["Buffer", "setImmediate"]) {
  const value = globalThis[name];
  const get = () => {
    const [, , caller = ""] = new Error().stack.split("\\n");
    if (caller.includes("@latchkey/sdk")) throw new Error("an edge runtime has no " + name);
    return value;
  };
  Object.defineProperty(globalThis, name, { get });
}
const set = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true });
set("process", { env });
set("navigator", { userAgent: "Cloudflare-Workers" });
const { default: service } = await import("./web.mts");
const statusOf = async (headers) => {
  const response = await service.fetch(new Request("https://badges.example/badges", { headers }));
  return response.status;
};
console.log(JSON.stringify([await statusOf({}), await statusOf({ "X-Api-Key": env.KEY })]));
`;

test("the example for edge runtimes works without the modules and globals of Node", () => {
  const { verifierUrl, serviceToken, secrets } = deployment();
  writeFileSync(join(project, "edge.mjs"), EDGE);
  // Node would take it for CommonJS, as the package says.
  cpSync(join(project, "examples/web.ts"), join(project, "web.mts"));
  const env = {
    ...process.env,
    LATCHKEY_VERIFIER_URL: verifierUrl,
    LATCHKEY_TOKEN: serviceToken,
    KEY: secrets.valid,
  };
  const output = execFileSync(process.execPath, ["edge.mjs"], { cwd: project, env, encoding: "utf8" });
  expect(JSON.parse(output)).toEqual([401, 200]);
});

const PAGE = readFileSync(join(SDK, "../../docs/integrate/services/web.md"), "utf8");

/** A program that scripts/set-up-runtimes.ts has installed for this platform. */
function programOf(pattern: string): string {
  const [path] = globSync(join(MODULES, ".cache/latchkey-runtimes/node_modules", pattern));
  if (path === undefined) throw new Error(`There is no ${pattern}: node scripts/set-up-runtimes.ts`);
  return path;
}

test.each([
  ["Deno", "@deno/*/deno"],
  ["Bun", "@oven/bun-*/bin/bun"],
])("the example for Web-standard handlers works in %s, started as its page says", async (name, program) => {
  const [, command = ""] = new RegExp(`^ +(.*web\\.ts) & +# ${name}$`, "m").exec(PAGE) ?? [];
  const words = command.split(" ").filter((word) => !/^[A-Z]+=/.test(word));
  expect(words.length).toBeGreaterThan(1);
  cpSync(join(project, "examples/web.ts"), join(project, "web.ts"));
  await expectService([programOf(program), ...words.slice(1)], name);
});

/** Of the oldest versions of Node that the SDK supports, 20.3 and 20.15, or the next ones that npm has for a platform. */
test.each([
  ["http", "node-for-http"],
  ["local", "node-for-local"],
])(
  "in the oldest version of Node for the mode %s, keys are verified and counted exactly",
  async (mode, name) => {
    const { managementToken, portalUrl, projectId } = deployment();
    cpSync(join(SDK, "test/oldest-node.mjs"), join(project, "oldest-node.mjs"));
    const program = programOf(`${name}-*/bin/node`);
    const args = ["oldest-node.mjs", mode, join(project, "journal")];
    const output = execFileSync(program, args, { cwd: project, encoding: "utf8" });
    const { node, keyId, calls, ...result } = JSON.parse(output);
    expect(node).toMatch(/^v20\./);
    expect(result).toEqual({
      isLocal: mode === "local",
      errors: [],
      statuses: [401, 401, 200, 429, ...Array.from({ length: calls - 1 }, () => 200)],
      event: "key.revoked",
      accessToken: true,
    });
    const management = createManagementClient({ url: portalUrl, token: managementToken });
    const params = { path: { projectId }, query: { keyId, code: "VALID" as const } };
    const counted = async () => {
      const { data } = await management.GET("/api/v1/projects/{projectId}/usage", { params });
      return typeof data === "object" ? data.total : null;
    };
    await expect.poll(counted).toBe(calls);
  },
);

test("the example for Web-standard handlers works in the runtime of Workers", async () => {
  const [, settings = ""] = /```jsonc\n(.*?)```/s.exec(PAGE) ?? [];
  const { main, compatibility_date: date, compatibility_flags: flags } = JSON.parse(settings);
  const folder = join(project, "worker");
  mkdirSync(folder);
  cpSync(join(project, "examples/web.ts"), join(project, main));
  // As Wrangler does, whose runtime is the same.
  await build({
    cwd: project,
    config: false,
    entry: { worker: main },
    outDir: folder,
    platform: "neutral",
    dts: false,
    deps: { alwaysBundle: /.*/, neverBundle: /^node:/ },
    logLevel: "warn",
  });
  const modules = readdirSync(folder).sort(
    (a, b) => Number(b.startsWith("worker.")) - Number(a.startsWith("worker.")),
  );
  const { verifierUrl, serviceToken } = deployment();
  const variables = { LATCHKEY_VERIFIER_URL: verifierUrl, LATCHKEY_TOKEN: serviceToken };
  const text = (value: string) => JSON.stringify(value);
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [${modules.map((name) => `(name = ${text(name)}, esModule = embed ${text(name)})`)}],
      bindings = [${Object.entries(variables).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`)}],
      compatibilityDate = ${text(date)},
      compatibilityFlags = [${flags.map(text)}],
    )),
    (name = "internet", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "main")],
);`,
  );
  const workerd = programOf("@cloudflare/workerd-*/bin/workerd");
  await expectService(
    [workerd, "serve", "worker/config.capnp", "--socket-addr", "http=127.0.0.1:8080"],
    "Workers",
  );
});

test("the example for Next.js works", async () => {
  for (const name of ["next", "react", "react-dom"]) {
    symlinkSync(join(MODULES, name), join(project, "node_modules", name));
  }
  symlinkSync(join(SDK, "node_modules/typescript"), join(project, "node_modules/typescript"));
  mkdirSync(join(project, "app/badges"), { recursive: true });
  cpSync(join(project, "examples/next.ts"), join(project, "app/badges/route.ts"));
  const next = join(MODULES, "next/dist/bin/next");
  await expectService([process.execPath, next, "dev", "-p", "8080", "--webpack"], "Next.js");
});

/** Starts a service with a command in the project, at a free port instead of 8080. */
async function expectService(command: string[], name: string): Promise<void> {
  const { verifierUrl, serviceToken, secrets } = deployment();
  const port = await freePort();
  const env = {
    ...process.env,
    LATCHKEY_VERIFIER_URL: verifierUrl,
    LATCHKEY_TOKEN: serviceToken,
    PORT: String(port),
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const [program = "", ...args] = command.map((word) => word.replace("8080", String(port)));
  const service = spawn(program, args, { cwd: project, env, stdio: "inherit" });
  try {
    const call = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/badges`, { headers });
    const status = () =>
      call({}).then(
        (response) => response.status,
        () => null,
      );
    await expect.poll(status, { timeout: 45_000, message: name }).toBe(401);
    const response = await call({ "X-Api-Key": secrets.valid });
    expect([response.status, await response.json()]).toEqual([200, { caller: expect.any(String) }]);
  } finally {
    const exited = once(service, "exit");
    service.kill();
    await exited;
  }
}
