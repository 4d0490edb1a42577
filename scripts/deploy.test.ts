import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseAllDocuments } from "yaml";
import { MAX_WAIT_SECONDS } from "#engine/access-tokens/revocation-list.ts";
import { MAX_BODY_BYTES } from "#engine/check/check-input.ts";
import { settingDefaults } from "#platform/settings.ts";
import { startComposeNginx } from "#test/compose-nginx.ts";
import { freePort } from "#test/ports.ts";

const SECRET_FILES = {
  "database-url": "DATABASE_URL",
  "redis-url": "REDIS_URL",
  "auth-secret": "AUTH_SECRET",
};
const settings = Object.keys(settingDefaults());
/** What clients of access tokens, and services, ask a verifier for besides checks. */
const VERIFIER_PATHS = [
  "/api/openapi.json",
  "/api/v1/revocations?wait=30",
  "/oauth/token",
  "/oauth/introspect",
  "/.well-known/jwks.json",
  "/.well-known/oauth-authorization-server",
];

test.each([
  ["deploy/caddy/Caddyfile", /response_header_timeout (\d+)s/],
  ["deploy/compose/nginx.conf", /proxy_read_timeout (\d+)s/],
])("%s does not end a request for revocations that waits", (file, timeout) => {
  expect(Number(timeout.exec(readFileSync(file, "utf8"))?.[1])).toBeGreaterThan(MAX_WAIT_SECONDS);
});

/** The status of a response; 0 if there is none. */
function statusOf(url: string, method = "GET", bytes = 0): Promise<number> {
  return new Promise((resolve) => {
    const headers = method === "POST" ? { "Content-Length": bytes } : {};
    const sent = request(url, { method, agent: false, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", () => resolve(0));
    sent.end(Buffer.alloc(bytes));
  });
}

/** A server that reads each request, answers 200, and notes what was asked. */
async function startUpstream() {
  const own = { server: createServer(), host: "", asked: [] as string[], forwarded: "" };
  own.server.on("request", (req, res) => {
    if (req.url !== "/readyz" && req.url !== "/livez") own.asked.push(req.url ?? "");
    own.forwarded = String(req.headers["x-forwarded-for"]);
    req.resume().once("end", () => res.end());
  });
  await once(own.server.listen(0, "127.0.0.1"), "listening");
  own.host = `127.0.0.1:${(own.server.address() as AddressInfo).port}`;
  return own;
}
type Upstream = Awaited<ReturnType<typeof startUpstream>>;

function stopUpstreams(upstreams: Upstream[]): void {
  for (const { server } of upstreams) {
    server.closeAllConnections();
    server.close();
  }
}

describe.runIf(process.platform === "linux")("systemd", () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-units-"));
  const units = globSync("deploy/systemd/*.service").map((path) => {
    // Where this clone is, so that the commands exist.
    const text = readFileSync(path, "utf8").replaceAll("/srv/latchkey", process.cwd());
    const copy = join(folder, basename(path));
    writeFileSync(copy, text);
    return { name: basename(path), copy, text };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("every unit is valid, and every command exists", () => {
    expect(units.map(({ name }) => name).sort()).toEqual([
      "latchkey-migrate.service",
      "latchkey-portal.service",
      "latchkey-verifier.service",
      "latchkey.service",
    ]);
    const { status, stderr } = spawnSync(
      "systemd-analyze",
      ["verify", "--man=no", ...units.map(({ copy }) => copy)],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([0, ""]);
  });

  test.each(units)("$name is exposed to little (systemd-analyze security)", ({ copy }) => {
    // Tenths of 0 (nothing) to 10; above 2.0 is a failure.
    const { status, stdout } = spawnSync(
      "systemd-analyze",
      ["security", "--offline=true", "--no-pager", "--threshold=20", copy],
      { encoding: "utf8" },
    );
    expect(status, stdout).toBe(0);
  });

  test.each(units)("$name reads secrets only from credentials, and uses known settings", ({ text }) => {
    const variables = [...text.matchAll(/^Environment=(\w+)=(\S+)$/gm)];
    for (const [, name = "", value = ""] of variables) {
      expect(settings).toContain(name.replace(/_FILE$/, ""));
      if (name.endsWith("_FILE")) expect(text).toContain(`LoadCredential=${value.replace("%d/", "")}:`);
    }
    const example = readFileSync("deploy/systemd/latchkey.env", "utf8");
    for (const [, name] of example.matchAll(/^(\w+)=/gm)) {
      expect(settings).toContain(name);
      expect(name).not.toMatch(/SECRET|TOKEN|DATABASE|REDIS|SMTP/);
    }
  });
});

interface Resource {
  kind: string;
  metadata: { name: string };
  // Every kind has a different shape.
  // biome-ignore lint/suspicious/noExplicitAny: the test reads paths, and a missing one fails it
  spec: any;
  data?: Record<string, string>;
}

describe("Kubernetes", () => {
  const read = (path: string): Resource[] =>
    parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS());
  const [base] = read("deploy/kubernetes/base/kustomization.yaml") as unknown as [{ resources: string[] }];
  const resources = base.resources.flatMap((file) => read(`deploy/kubernetes/base/${file}`));
  const find = (kind: string, name: string) =>
    resources.find((each) => each.kind === kind && each.metadata.name === name) as Resource;
  const workloads = resources.filter(({ kind }) => kind === "StatefulSet" || kind === "Job");

  test("the base contains every manifest, and no overlay is inside it: kustomize rejects such a cycle", () => {
    const files = globSync("**/*.yaml", { cwd: "deploy/kubernetes/base" });
    expect([...base.resources, "kustomization.yaml"].sort()).toEqual(files.sort());
    for (const path of globSync("deploy/kubernetes/overlays/*/kustomization.yaml")) {
      const [overlay] = read(path) as unknown as [{ resources: string[] }];
      expect(overlay.resources).toContain("../../base");
    }
    expect(workloads.map(({ metadata }) => metadata.name)).toEqual([
      "latchkey-migrate",
      "latchkey-portal",
      "latchkey-verifier",
    ]);
  });

  test.each(workloads.map((each) => [each.metadata.name, each] as const))(
    "%s is unprivileged",
    (_, { spec }) => {
      const pod = spec.template.spec;
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect(pod.automountServiceAccountToken).toBe(false);
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        expect(container.resources.limits.memory).toBeDefined();
        const mounted = container.volumeMounts.map(({ name }: { name: string }) => name).sort();
        expect(mounted).toEqual(["data", "secrets", "tmp"]);
      }
    },
  );

  test.each(workloads.map((each) => [each.metadata.name, each] as const))(
    "%s uses known settings, and secrets only as files",
    (_, { spec }) => {
      const { containers, volumes } = spec.template.spec;
      const [{ env }] = containers;
      const { items } = volumes.find(({ name }: { name: string }) => name === "secrets").secret;
      const files = items.map(({ key }: { key: keyof typeof SECRET_FILES }) => key);
      const variables = env.map(({ name, value }: { name: string; value: string }) => [
        name,
        basename(value),
      ]);
      expect(variables).toEqual(
        files.map((file: keyof typeof SECRET_FILES) => [`${SECRET_FILES[file]}_FILE`, file]),
      );
      for (const name of Object.keys(find("ConfigMap", "latchkey-settings").data ?? {}))
        expect(settings).toContain(name);
    },
  );

  test.each(["portal", "verifier"])("%s: probes, services, budget and policy reach its pods", (part) => {
    const name = `latchkey-${part}`;
    const { spec } = find("StatefulSet", name);
    const labels = spec.template.metadata.labels;
    const [container] = spec.template.spec.containers;
    expect(container.livenessProbe.httpGet).toEqual({ path: "/livez", port: "http" });
    expect(container.readinessProbe.httpGet).toEqual({ path: "/readyz", port: "http" });
    expect(spec.selector.matchLabels).toEqual(labels);
    expect(find("Service", name).spec.selector).toEqual(labels);
    expect(find("Service", spec.serviceName).spec.selector).toEqual(labels);
    expect(find("PodDisruptionBudget", name).spec.selector.matchLabels).toEqual(labels);
    const policy = find("NetworkPolicy", `allow-to-${part}`).spec;
    expect(policy.podSelector.matchLabels).toEqual(labels);
    const ports = container.ports.map(({ containerPort }: { containerPort: number }) => containerPort);
    const admitted = policy.ingress.flatMap((rule: { ports: { port: number }[] }) => rule.ports[0]?.port);
    expect(admitted).toEqual(ports);
    // Each pod has a separate journal.
    expect(spec.volumeClaimTemplates[0].metadata.name).toBe("data");
  });

  test("a stopping verifier has time: twice the readiness interval, and 15 seconds more", () => {
    const drainSeconds = Number(find("ConfigMap", "latchkey-settings").data?.LATCHKEY_LINGER_SECONDS);
    const pod = find("StatefulSet", "latchkey-verifier").spec.template.spec;
    expect(drainSeconds).toBeGreaterThanOrEqual(2 * pod.containers[0].readinessProbe.periodSeconds);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drainSeconds + 15);
  });

  test("verifiers scale by a metric that the adapter derives from an existing metric", () => {
    const { spec } = find("HorizontalPodAutoscaler", "latchkey-verifier");
    const [rule] = (
      read("deploy/kubernetes/prometheus-adapter.yaml")[0] as unknown as {
        rules: { custom: { seriesQuery: string; name: { as: string } }[] };
      }
    ).rules.custom;
    expect(spec.metrics[0].pods.metric.name).toBe(rule?.name.as);
    expect(rule?.seriesQuery).toMatch(/^latchkey_checks_total\{/);
    // The autoscaler owns this number.
    expect(find("StatefulSet", "latchkey-verifier").spec.replicas).toBeUndefined();
    expect(spec.scaleTargetRef).toMatchObject({ kind: "StatefulSet", name: "latchkey-verifier" });
  });

  test("the ingress of the example passes on what clients ask verifiers for", () => {
    const [ingress] = read("deploy/kubernetes/overlays/example/ingress.yaml");
    const paths = ingress?.spec.rules.flatMap(
      (rule: { http: { paths: { path: string; backend: { service: { name: string } } }[] } }) =>
        rule.http.paths
          .filter(({ backend }) => backend.service.name === "latchkey-verifier")
          .map(({ path }) => path),
    );
    for (const path of VERIFIER_PATHS)
      expect(
        paths.filter((prefix: string) => path.startsWith(prefix)),
        path,
      ).toHaveLength(1);
  });

  test("nothing reaches a pod, and no pod reaches anything, that is not named", () => {
    const { spec } = find("NetworkPolicy", "deny-all");
    expect(spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });
});

describe("Caddy", () => {
  const CADDYFILE = "deploy/caddy/Caddyfile";
  const upstreams: Upstream[] = [];
  let stop = async () => {};
  let portal = "";
  let verifier = "";

  async function upstream() {
    const own = await startUpstream();
    upstreams.push(own);
    return own.host;
  }

  beforeAll(async () => {
    [portal, verifier] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
    const folder = mkdtempSync(join(tmpdir(), "latchkey-caddy-"));
    const child = spawn("caddy", ["run", "--config", CADDYFILE, "--adapter", "caddyfile"], {
      stdio: "ignore",
      env: {
        ...process.env,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
        CADDY_ADMIN: `127.0.0.1:${await freePort()}`,
        LATCHKEY_PORTAL_HOST: portal,
        LATCHKEY_VERIFIER_HOST: verifier,
        LATCHKEY_PORTALS: await upstream(),
        LATCHKEY_VERIFIERS: `${await upstream()} ${await upstream()}`,
      },
    });
    stop = async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      stopUpstreams(upstreams);
      rmSync(folder, { recursive: true, force: true });
    };
    await vi.waitUntil(async () => (await statusOf(`${portal}/`)) === 200, { timeout: 20_000 });
  });
  afterAll(() => stop());

  test("the Caddyfile is valid with its own names", () => {
    const { status, stderr } = spawnSync("caddy", ["validate", "--config", CADDYFILE], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
  });

  test("metrics and probes stay inside, and a verifier is asked only what it is for", async () => {
    for (const path of ["/metrics", "/livez", "/readyz"]) {
      expect(await statusOf(portal + path), path).toBe(404);
      expect(await statusOf(verifier + path), path).toBe(404);
    }
    expect(await statusOf(`${portal}/projects`)).toBe(200);
    expect(await statusOf(`${verifier}/api/v1/keys/verify`, "POST")).toBe(200);
    for (const path of VERIFIER_PATHS) expect(await statusOf(verifier + path), path).toBe(200);
  });

  test("a batch may be as large as a verifier reads", async () => {
    const url = `${verifier}/api/v1/keys/verify/batch`;
    expect(await statusOf(url, "POST", MAX_BODY_BYTES.batch)).toBe(200);
    // Earlier versions of Caddy answer 502.
    expect([413, 502]).toContain(await statusOf(url, "POST", MAX_BODY_BYTES.batch + 1));
  });

  test("without one verifier, each check goes to another", async () => {
    const [, gone, left] = upstreams;
    gone?.server.closeAllConnections();
    await new Promise((resolve) => gone?.server.close(resolve));
    // A check sent on a connection that closes at that moment is not repeated, because it may have been counted.
    await expect.poll(() => statusOf(`${verifier}/api/v1/keys/verify`, "POST")).toBe(200);
    const before = left?.asked.length ?? 0;
    for (let i = 0; i < 10; i++) expect(await statusOf(`${verifier}/api/v1/keys/verify`, "POST")).toBe(200);
    expect(left?.asked.length).toBe(before + 10);
  });
});

describe("nginx of compose.yaml", () => {
  const upstreams: Upstream[] = [];
  let verifier = "";
  let stop = async () => {};

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-nginx-"));
    upstreams.push(await startUpstream(), await startUpstream());
    const { child, port } = await startComposeNginx(
      folder,
      upstreams.map(({ host }) => host),
    );
    verifier = `http://127.0.0.1:${port}`;
    stop = async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      stopUpstreams(upstreams);
      rmSync(folder, { recursive: true, force: true });
    };
    await vi.waitUntil(async () => (await statusOf(`${verifier}/livez`)) === 200, { timeout: 20_000 });
  });
  afterAll(() => stop());

  test("passes on what clients ask verifiers for, with the client's address, and nothing else", async () => {
    for (const path of VERIFIER_PATHS) expect(await statusOf(verifier + path), path).toBe(200);
    expect(upstreams.map(({ forwarded }) => forwarded)).toContain("127.0.0.1");
    for (const path of ["/metrics", "/projects", "/api/v2/keys", "/oauth"])
      expect(await statusOf(verifier + path), path).toBe(404);
    const url = `${verifier}/api/v1/keys/verify/batch`;
    expect(await statusOf(url, "POST", MAX_BODY_BYTES.batch)).toBe(200);
  });
});
