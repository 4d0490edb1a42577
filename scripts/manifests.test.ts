import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";

interface Resource {
  apiVersion: string;
  kind: string;
}

const resources = globSync("deploy/kubernetes/**/*.yaml").flatMap((path) =>
  parseAllDocuments(readFileSync(path, "utf8"))
    .map((document) => document.toJS() as Resource)
    // kustomize's own file, and the values of another program's chart.
    .filter(({ apiVersion }) => apiVersion !== undefined && !apiVersion.startsWith("kustomize."))
    .map((resource) => ({ path, resource })),
);

/** The manifests as literals of the types that are generated from the OpenAPI document of Kubernetes. */
function asTypeScript(documents: { resource: Resource }[]): string {
  return documents
    .map(({ resource }, at) => {
      const module = `kubernetes-models/${resource.apiVersion}/${resource.kind}`;
      const type = `import(${JSON.stringify(module)}).I${resource.kind}`;
      return `export const resource${at}: ${type} = ${JSON.stringify(resource, null, 2)};\n`;
    })
    .join("");
}

/** What the compiler reports: unknown fields, missing fields and wrong types. */
function mistakesIn(source: string): string {
  const cache = "node_modules/.cache/latchkey";
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "manifests-"));
  try {
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
    writeFileSync(join(folder, "manifests.ts"), source);
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", "--types", ""];
    const target = ["--target", "es2022", "--module", "nodenext"];
    execFileSync("node_modules/.bin/tsc", [...options, ...target, join(folder, "manifests.ts")]);
    return "";
  } catch (error) {
    return String((error as { stdout?: Buffer }).stdout ?? error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every Kubernetes manifest has only fields of the Kubernetes API, and those that it requires", () => {
  expect(resources.length).toBeGreaterThan(15);
  expect(mistakesIn(asTypeScript(resources))).toBe("");
});

test("a misspelled, missing or mistyped field is a mistake", () => {
  const text = JSON.stringify(resources.find(({ resource }) => resource.kind === "StatefulSet")?.resource);
  const broken = [
    text.replace("livenessProbe", "livenesProbe"),
    text.replace('"serviceName"', '"service"'),
    text.replace(/"containerPort":\d+/, '"containerPort":"http"'),
  ];
  const mistakes = mistakesIn(asTypeScript(broken.map((json) => ({ resource: JSON.parse(json) }))));
  expect(mistakes).toContain("livenesProbe");
  expect(mistakes).toContain("service");
  expect(mistakes).toMatch(/Type 'string' is not assignable to type 'number'/);
});
