import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** `npm run counts` reports the size and the vocabulary of the code. It never fails. */
const SHORT_LINES = 20;
const LONG_LINES = 300;
/** Not written by hand, or not ours: the words of generated files come from the HTTP API. */
const EXCLUDED = /^(db\/migrations|bench\/peers)\/|\/(generated\.go|management-schema\.ts)$/;
/** Number of words shown, the most frequent first. */
const MAX_WORDS = 12;

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(path) && !EXCLUDED.test(path));
const texts = new Map<string, string>();

function textOf(path: string): string {
  const text = texts.get(path) ?? readFileSync(path, "utf8");
  texts.set(path, text);
  return text;
}

function sizes(): string[] {
  const isTest = (path: string) => /\.(test|spec)\.tsx?$|^(test|e2e)\//.test(path);
  const code = tracked.filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  const product = code.filter((path) => !isTest(path));
  const lines = product.map((path) => textOf(path).trimEnd().split("\n").length).sort((a, b) => a - b);
  const short = lines.filter((count) => count <= SHORT_LINES).length;
  const long = code.filter((path) => textOf(path).trimEnd().split("\n").length > LONG_LINES);
  return [
    `code files: ${product.length}, and ${code.length - product.length} of tests`,
    `${SHORT_LINES} lines or fewer: ${short} (${((100 * short) / product.length).toFixed(1)}%, goal 10%); median ${lines[Math.floor(lines.length / 2)]} lines`,
    `more than ${LONG_LINES} lines, tests included: ${long.length}${long.length > 0 ? ` (${long.join(", ")})` : ""}`,
  ];
}

/** Our modules that `path` imports, without type-only imports. */
function importsOf(path: string): string[] {
  const imports = textOf(path).matchAll(
    /^(?:import|export)(?! type\b)[^"';]*?from "(#[\w-]+\/|\.{1,2}\/)([^"]+)"/gms,
  );
  return [...imports]
    .map(([, base = "", rest = ""]) =>
      base.startsWith("#") ? join(base.slice(1), rest) : join(dirname(path), base, rest),
    )
    .filter((target) => existsSync(target));
}

/** The files that the architecture page lists for a task, and what its entry imports, directly and in total. */
function reading(task: string, entry: string, heading?: string): string {
  const seen = new Set([entry]);
  for (const path of seen) for (const target of importsOf(path)) seen.add(target);
  const steps = heading === undefined ? "" : `${stepsOf(heading)} files from end to end (goal 15); `;
  return `${task}: ${steps}${entry} imports ${importsOf(entry).length} modules, ${seen.size - 1} in all`;
}

const ARCHITECTURE = "docs/contribute/architecture.md";

function sectionOf(path: string, heading: string): string {
  return textOf(path).split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
}

function stepsOf(heading: string): number {
  return sectionOf(ARCHITECTURE, heading).match(/^\d+\. /gm)?.length ?? 0;
}

/** The files that the guide links to; those for special cases are only named. */
function fieldOfKey(): string {
  const guide = sectionOf("CONTRIBUTING.md", "Add a field to a key");
  return `add a field to a key: ${guide.match(/\]\([\w./-]+\.tsx?\)/g)?.length ?? 0} hand-written files in the guide (goal 7)`;
}

const FIXED = "fixed: ";

function words(): string[] {
  const list = readFileSync("scripts/words.txt", "utf8").split("\n");
  const patterns = list
    .filter((line) => !line.startsWith("#") && line.includes(" -> "))
    .map((line) => new RegExp(`(?<![\\w-])(?:${line.split(" -> ")[0]})(?![\\w-])`, "g"));
  const fixed = list
    .filter((line) => line.startsWith(FIXED))
    .map((line) => ({ line, pattern: new RegExp(line.slice(FIXED.length).split(" -- ")[0] ?? "", "gm") }));
  const searched = tracked.filter(
    (path) => /\.(ts|tsx|mjs|md|yaml|yml|css|py|go)$/.test(path) && path !== "docs/contribute/style.md",
  );
  const found = new Map<string, { count: number; files: Set<string> }>();
  const kept = new Map<string, number>();
  for (const path of searched) {
    let text = textOf(path);
    for (const { line, pattern } of fixed) {
      text = text.replace(pattern, (name) => {
        kept.set(line, (kept.get(line) ?? 0) + 1);
        return " ".repeat(name.length);
      });
    }
    for (const [word] of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const entry = found.get(word) ?? { count: 0, files: new Set() };
      entry.count++;
      entry.files.add(path);
      found.set(word, entry);
    }
  }
  const sorted = [...found].sort(([, a], [, b]) => b.count - a.count);
  const total = sum(sorted.map(([, { count }]) => count));
  const shown = sorted
    .slice(0, MAX_WORDS)
    .map(([word, { count, files }]) => `${word} ${count} in ${files.size}`);
  return [
    `replaced words that are left: ${total}${total > 0 ? ` (${shown.join(", ")})` : ""}; in fixed names: ${sum([...kept.values()])}`,
    ...(process.argv.includes("--words")
      ? [
          ...sorted.map(([word, { files }]) => `  ${word}: ${[...files].join(" ")}`),
          ...[...kept].map(([line, count]) => `  ${line}: ${count}`),
        ]
      : []),
  ];
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

console.log("\nCounts (a report, not a gate; npm run counts -- --words lists the files):");
for (const line of [
  ...sizes(),
  reading("create a key", "domain/keys/create.ts", "How a key is created"),
  reading("verify a key", "engine/engine.ts"),
  fieldOfKey(),
  ...words(),
]) {
  console.log(`  ${line}`);
}
