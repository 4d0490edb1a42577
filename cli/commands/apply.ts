import { readFileSync, statSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { formatNumber, plural } from "#core/format.ts";
import { applySteps, planDeclaration, type StepResult } from "#domain/declarative/apply.ts";
import { exportDeclaration, writeDeclaration } from "#domain/declarative/export.ts";
import { MAX_FILE_BYTES, readDeclaration } from "#domain/declarative/read.ts";
import type { DeclarationStep } from "#domain/declarative/steps.ts";
import { fileErrorReason } from "#platform/file-errors.ts";
import { actorOf } from "../actor.ts";
import { cliContext, withDb } from "../database.ts";
import { CliError, errorLine, printLine } from "../output.ts";

/** As commander passes them. */
interface ApplyOptions {
  file: string;
  user: string;
  dryRun?: boolean;
  yes?: boolean;
  prune?: boolean;
  json?: boolean;
}

const MAX_SHOWN_VALUE = 200;

/**
 * Changes the deployment to match a file, after showing a plan and asking for confirmation. Standard output has the
 * results, with the secrets of what was created; everything else goes to standard error. Throws if a step failed.
 */
export async function apply(options: ApplyOptions): Promise<void> {
  const declaration = readDeclaration(readText(options.file));
  await withDb(async (db, settings) => {
    const ctx = cliContext(db, settings, await actorOf(db, options.user));
    const steps = await planDeclaration(ctx, declaration, { prune: options.prune ?? false });
    if (options.dryRun || steps.length === 0) {
      if (options.json)
        printLine(JSON.stringify({ dryRun: options.dryRun ?? false, steps: steps.map(shown) }));
      else showPlan(steps, printLine);
      return;
    }
    if (!options.json) showPlan(steps, toStandardError);
    if (!options.yes) await confirm(steps);
    let failed = 0;
    await applySteps(ctx, steps, (result) => {
      if (result.error !== undefined) failed++;
      if (options.json) printLine(JSON.stringify(shownResult(result)));
      else showResult(result);
    });
    if (failed > 0)
      throw new CliError(
        `${formatNumber(failed)} of ${plural(steps.length, "step")} failed; correct the cause and apply the file again`,
      );
  });
}

interface ExportOptions {
  user: string;
  project: string[];
}

/** Prints what `apply` reads. */
export async function exportFile({ user, project }: ExportOptions): Promise<void> {
  await withDb(async (db, settings) => {
    const ctx = cliContext(db, settings, await actorOf(db, user));
    const chosen = project.length > 0 ? { projectIds: project } : {};
    process.stdout.write(writeDeclaration(await exportDeclaration(ctx, chosen)));
  });
}

function readText(path: string): string {
  try {
    if (path === "-") return readFileSync(0, "utf8");
    if (statSync(path).size > MAX_FILE_BYTES) throw new CliError(`${path} is larger than 8 MiB`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path} can't be read: ${fileErrorReason(error) ?? "unknown reason"}`);
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function confirm(steps: readonly DeclarationStep[]): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError("add --yes to apply this without a question");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Apply ${plural(steps.length, "step")}? Type yes: `);
  terminal.close();
  if (answer.trim() !== "yes") throw new CliError("nothing was changed");
}

function showPlan(steps: readonly DeclarationStep[], print: (line: string) => void): void {
  for (const { action, kind, name, changes } of steps) {
    print(`${action} ${kind} ${name}`);
    for (const { field, before, after } of changes) {
      const from = before === undefined ? "" : `${textOf(before)} → `;
      print(`    ${field}: ${from}${textOf(after)}`);
    }
  }
  print(steps.length === 0 ? "nothing to change" : plural(steps.length, "step"));
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN_VALUE ? `${text.slice(0, MAX_SHOWN_VALUE)}…` : text;
}

function showResult({ step, secret, error }: StepResult): void {
  const what = `${step.action} ${step.kind} ${step.name}`;
  if (error !== undefined) toStandardError(`${what}: failed: ${errorLine(error)}`);
  if (error !== undefined && secret === undefined) return;
  const done = error === undefined ? "done" : "partly done";
  printLine(secret === undefined ? `${what}: ${done}` : `${what}: ${done}, secret ${secret}`);
}

const shown = ({ action, kind, name, changes }: DeclarationStep) => ({ action, kind, name, changes });

function shownResult({ step, secret, error }: StepResult) {
  const { action, kind, name } = step;
  return {
    action,
    kind,
    name,
    done: error === undefined,
    ...(secret !== undefined && { secret }),
    ...(error !== undefined && { error: errorLine(error) }),
  };
}
