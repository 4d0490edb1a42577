import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Goal, isMet, shown } from "./goal.ts";
import { ROOT } from "./server.ts";

const DOC = join(ROOT, "docs/performance.md");
const BEGIN = "<!-- figures: written by npm run bench -->";
const END = "<!-- end of figures -->";

/** The goals as a table, with their details below it. */
export function report(goals: readonly Goal[], command: string, machineLines: readonly string[]): string {
  return [
    `Taken on ${new Date().toISOString().slice(0, 10)} with \`${command}\`:`,
    "",
    ...machineLines.map((line) => `- ${line}`),
    "",
    "| | measured | goal | |",
    "| --- | --- | --- | --- |",
    ...goals.map(
      (goal) =>
        `| ${goal.name} | ${shown(goal.measured)} ${goal.unit} | ${goal.is} ${shown(goal.limit)} | ${isMet(goal) ? "PASS" : "SHORT"} |`,
    ),
    "",
    "Details:",
    "",
    ...goals.flatMap(({ name, details }) => details.map((detail) => `- ${name.split(":")[0]}: ${detail}`)),
  ].join("\n");
}

/** Replaces the figures in docs/performance.md. */
export function writeReport(text: string): void {
  const doc = readFileSync(DOC, "utf8");
  const [before, rest] = doc.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${DOC} has no markers for the figures`);
  writeFileSync(DOC, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
