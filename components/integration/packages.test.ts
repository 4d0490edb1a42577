import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { installCommands, PUBLISHED, type Sdk } from "./packages.ts";
import { STACKS } from "./stacks.ts";

/** What each SDK is called where it is imported. Not the name of a package while that is not published. */
const NAMES: Record<Sdk, string> = {
  typescript: "@latchkey/sdk",
  python: "latchkey",
  go: "github.com/latchkey/latchkey/sdk/go",
};

const INSTALLS: Record<Sdk, RegExp> = {
  typescript: /\b(?:npm (?:i|install|add|exec)|npx|pnpm (?:i|add|dlx)|yarn add|bunx?(?: add)?|deno add)\b/,
  python: /\b(?:pipx?3? (?:install|run)|uv(?: pip)? (?:add|install)|uvx|poetry add|conda install)\b/,
  go: /\bgo (?:get|install|run)\b/,
};

/** The SDKs that a command installs by their name, from the owner of that name in the registry. */
function installedByName(command: string): Sdk[] {
  const sdks = Object.keys(NAMES) as Sdk[];
  return sdks.filter((sdk) => {
    const at = command.search(INSTALLS[sdk]);
    if (at === -1) return false;
    const name = NAMES[sdk].replaceAll(".", "\\.");
    return new RegExp(`(?<![\\w./@-])["']?(?:npm:)?${name}(?![\\w-])`).test(command.slice(at));
  });
}

test.each<[string, Sdk[]]>([
  ["npm i @latchkey/sdk express", ["typescript"]],
  ["npm install --save '@latchkey/sdk@1'", ["typescript"]],
  ["deno add npm:@latchkey/sdk", ["typescript"]],
  ["pip install latchkey", ["python"]],
  ['python3 -m pip install "latchkey[tokens]" fastapi', ["python"]],
  ["uv add latchkey==1.0", ["python"]],
  ["go get github.com/latchkey/latchkey/sdk/go@latest", ["go"]],
  ["npm run build -w @latchkey/sdk", []],
  ['npm i "$(npm pack --silent "$LATCHKEY_SOURCE/sdk/typescript")" express', []],
  ['pip install "$LATCHKEY_SOURCE/sdk/python[tokens]"', []],
  ["npm i ./latchkey-sdk-1.0.0-rc.1.tgz", []],
])("the test below understands %s", (command, sdks) => {
  expect(installedByName(command)).toEqual(sdks);
});

/** The code of a page that may be commands: blocks, also in lists, and code in sentences. */
function codeOf(markdown: string): string[] {
  const fenced = [...markdown.matchAll(/^( *)```(?:sh|bash|console)?\n([\s\S]*?)^\1```/gm)].map(
    ([, , code = ""]) => code,
  );
  const inline = [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  return [...fenced, ...inline];
}

const PAGES = ["README.md", ...globSync("{docs,sdk}/**/*.md")].filter(
  (path) => !path.includes("node_modules"),
);
const SNIPPETS: [string, string[]][] = [
  ...PAGES.map((page): [string, string[]] => [page, codeOf(readFileSync(page, "utf8"))]),
  ...STACKS.map(({ label, install = "" }): [string, string[]] => [`the snippet for ${label}`, [install]]),
];

test.each(SNIPPETS)("%s installs no SDK by a name that we have not published", (_, code) => {
  for (const block of code) {
    // Go asks no module proxy for a path that a folder replaces.
    const isReplaced = block.includes(`-replace "${NAMES.go}=`);
    for (const line of block.split("\n")) {
      const unpublished = installedByName(line).filter((sdk) => PUBLISHED[sdk] !== NAMES[sdk]);
      expect(
        unpublished.filter((sdk) => !(sdk === "go" && isReplaced)),
        line,
      ).toEqual([]);
    }
  }
});

test.each<[Sdk, string]>([
  ["typescript", "sdk/typescript/README.md"],
  ["python", "sdk/python/README.md"],
  ["go", "sdk/go/README.md"],
])("the README of the %s SDK installs it with the commands of the portal", (sdk, path) => {
  const readme = readFileSync(path, "utf8");
  const commands = installCommands(sdk)
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) expect(readme).toContain(`\n${command}`);
});
