import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { settingDefaults } from "#platform/settings.ts";
import { VERIFIER_PATHS } from "#test/verifier-paths.ts";

const SECRET_FILES = {
  "database-url": "DATABASE_URL",
  "redis-url": "REDIS_URL",
  "auth-secret": "AUTH_SECRET",
};
const settings = Object.keys(settingDefaults());

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
