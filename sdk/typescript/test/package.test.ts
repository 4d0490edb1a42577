import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
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
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../test/ports.ts";
import { deployment } from "./deployment.ts";

const SDK = join(import.meta.dirname, "..");
const MODULES = join(SDK, "../../node_modules");
const TYPESCRIPT = join(SDK, "node_modules/typescript/bin/tsc");

/** A project of somebody else that has installed the packed SDK. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "latchkey-sdk-package-"));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", project], {
    cwd: SDK,
    encoding: "utf8",
  }).trim();
  execFileSync("tar", ["-xf", packed], { cwd: project });
  mkdirSync(join(project, "node_modules/@latchkey"), { recursive: true });
  cpSync(join(project, "package"), join(project, "node_modules/@latchkey/sdk"), { recursive: true });
  for (const name of ["express", "fastify", "hono", "@hono", "@types"]) {
    symlinkSync(join(MODULES, name), join(project, "node_modules", name));
  }
  cpSync(join(SDK, "examples"), join(project, "examples"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("the package holds nothing but its build, README and license", () => {
  const files = readdirSync(join(project, "package"), { recursive: true, encoding: "utf8" });
  expect(files).toContain("README.md");
  expect(
    files.filter((name) => !/^(dist(\/.*\.(js|d\.ts))?|LICENSE|README\.md|package\.json)$/.test(name)),
  ).toEqual([]);
  const { dependencies } = JSON.parse(readFileSync(join(project, "package/package.json"), "utf8"));
  expect(dependencies).toBeUndefined();
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
});

test("the service of the README answers 401 without a key and 200 with one", async () => {
  const readme = readFileSync(join(project, "package/README.md"), "utf8");
  const code = /```js\n(\/\/ server\.mjs\n.*?)```/s.exec(readme)?.[1] ?? "";
  writeFileSync(join(project, "server.mjs"), code);
  await expectService(["server.mjs"], "from the README");
});

test.each(["express", "fastify", "hono"])("the example for %s works", async (name) => {
  await expectService([`examples/${name}.ts`], name);
});

async function expectService(args: string[], name: string): Promise<void> {
  const { verifierUrl, serviceToken, secrets } = deployment();
  const port = await freePort();
  const env = {
    ...process.env,
    LATCHKEY_VERIFIER_URL: verifierUrl,
    LATCHKEY_TOKEN: serviceToken,
    PORT: String(port),
  };
  const service = spawn(process.execPath, args, { cwd: project, env, stdio: "inherit" });
  try {
    const call = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/badges`, { headers });
    const status = () =>
      call({}).then(
        (response) => response.status,
        () => null,
      );
    await expect.poll(status, { timeout: 20_000, message: name }).toBe(401);
    const response = await call({ "X-Api-Key": secrets.valid });
    expect([response.status, await response.json()]).toEqual([200, { caller: expect.any(String) }]);
  } finally {
    const exited = once(service, "exit");
    service.kill();
    await exited;
  }
}
