"use client";

import { useRef, useState } from "react";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import type { ImportResult, RowResult, TokenShapeInput } from "#domain/keys/import/schema.ts";
import { useStepUp } from "../ui/step-up.tsx";

/** What every request of an import has in common. */
export interface ImportSettings {
  projectId: string;
  shape: TokenShapeInput | null;
  dryRun: boolean;
}

export type ImportAction = (
  input: ImportSettings & { keys: unknown[] },
) => Promise<ActionResult<ImportResult>>;

/** How far an import is. */
export interface ImportRun {
  settings: ImportSettings;
  rows: readonly unknown[];
  done: number;
  counts: Record<RowResult["status"], number>;
  /** Rows that failed or did not change, and all others in a dry run: the first ones, with their number from 1. */
  listed: (RowResult & { number: number; name: string })[];
  /** How many more there are. */
  more: number;
  state: "running" | "stopped" | "done";
  failure: Pick<ActionFailure, "code" | "message" | "errors"> | null;
}

const MAX_LISTED = 200;
/** A request has at most so many rows, and so many characters. */
const CHUNK = { rows: 250, characters: 500_000 };

/** Sends the rows of a file in parts, so that it can be stopped and continued. */
export function useImport(send: ImportAction) {
  const [run, setRun] = useState<ImportRun | null>(null);
  const mustStop = useRef(false);
  const { withStepUp, dialog } = useStepUp();

  const proceed = async (from: ImportRun) => {
    mustStop.current = false;
    let current: ImportRun = { ...from, state: "running", failure: null };
    setRun(current);
    while (current.done < current.rows.length) {
      if (mustStop.current) break;
      const keys = nextChunk(current.rows, current.done);
      const { settings } = current;
      const result = await withStepUp(() => send({ ...settings, keys })).catch(() => null);
      if (result === null || !result.ok) {
        const failure = result ?? { code: "unexpected" as const, message: NO_CONNECTION, errors: [] };
        setRun({ ...current, state: "stopped", failure });
        return;
      }
      current = add(current, result.value.results);
      setRun(current);
    }
    setRun({ ...current, state: current.done < current.rows.length ? "stopped" : "done" });
  };

  return {
    run,
    dialog,
    start: (settings: ImportSettings, rows: readonly unknown[]) =>
      proceed({
        settings,
        rows,
        done: 0,
        counts: { created: 0, unchanged: 0, failed: 0 },
        listed: [],
        more: 0,
        state: "running",
        failure: null,
      }),
    resume: () => (run === null ? undefined : proceed(run)),
    stop: () => {
      mustStop.current = true;
    },
    clear: () => setRun(null),
  };
}

const NO_CONNECTION = "The portal did not answer. Check the connection and continue.";

function nextChunk(rows: readonly unknown[], from: number): unknown[] {
  const keys: unknown[] = [];
  let characters = 0;
  for (const row of rows.slice(from, from + CHUNK.rows)) {
    characters += JSON.stringify(row)?.length ?? 0;
    if (keys.length > 0 && characters > CHUNK.characters) break;
    keys.push(row);
  }
  return keys;
}

function add(run: ImportRun, results: RowResult[]): ImportRun {
  const counts = { ...run.counts };
  for (const { status } of results) counts[status]++;
  const found = results
    .filter(({ status }) => run.settings.dryRun || status !== "created")
    .map((result) => {
      const at = run.done + result.row;
      return { ...result, number: at + 1, name: nameOf(run.rows[at]) };
    });
  const all = [...run.listed, ...found];
  // If there are too many, rows that need attention take precedence.
  const notable = all.filter(({ status }) => status !== "created").slice(0, MAX_LISTED);
  const others = all.filter(({ status }) => status === "created").slice(0, MAX_LISTED - notable.length);
  const listed = [...notable, ...others].sort((one, other) => one.number - other.number);
  return {
    ...run,
    counts,
    done: run.done + results.length,
    listed,
    more: run.more + all.length - listed.length,
  };
}

function nameOf(row: unknown): string {
  const name = typeof row === "object" && row !== null && "name" in row ? row.name : "";
  return typeof name === "string" ? name : "";
}
