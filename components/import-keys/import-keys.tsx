"use client";

import { type SubmitEvent, useState } from "react";
import { CsvError } from "#core/csv.ts";
import { type ImportFile, importRow, readImportFile, suggestedMapping } from "#core/import-file.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { ColumnFields, ConstantFields, ShapeFields } from "./import-fields.tsx";
import { ImportRunView } from "./import-run.tsx";
import { importText as text } from "./text.ts";
import { type ImportAction, useImport } from "./use-import.ts";

interface ImportKeysProps {
  projectId: string;
  /** Those that a column can have. */
  fields: readonly string[];
  send: ImportAction;
}

const MAX_FILE_BYTES = 50 * 1_024 * 1_024;

/** Chooses a file, maps its columns, checks its rows and imports them. The file is read in the browser. */
export function ImportKeys({ projectId, fields, send }: ImportKeysProps) {
  const [file, setFile] = useState<ImportFile | null>(null);
  const [fileError, setFileError] = useState<string | null>(null);
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const { run, dialog, start, resume, stop, clear } = useImport(send);
  const isRunning = run?.state === "running";

  const choose = async (chosen: File | undefined) => {
    clear();
    setFile(null);
    setFileError(null);
    if (chosen === undefined) return;
    const read = await readFile(chosen);
    if (typeof read === "string") {
      setFileError(read);
      return;
    }
    setFile(read);
    setMapping(read.kind === "csv" ? suggestedMapping(read.columns, fields) : {});
  };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (file === null || isRunning) return;
    const { submitter } = event.nativeEvent;
    const dryRun = submitter instanceof HTMLButtonElement && submitter.value === "check";
    const data = new FormData(event.currentTarget);
    const value = (name: string) => String(data.get(name) ?? "").trim();
    const constants = Object.fromEntries(
      ["environment", "algorithm", "encoding"]
        .map((name) => [name, value(name)])
        .filter(([, given]) => given !== ""),
    );
    const rows = file.rows.map((row) =>
      importRow(row, { mapping: file.kind === "csv" ? mapping : null, constants }),
    );
    const [prefix, min, max] = [value("prefix"), value("minLength"), value("maxLength")];
    const hasShape = prefix !== "" || min !== "" || max !== "";
    const shape = hasShape ? { prefix, minLength: Number(min || max), maxLength: Number(max || min) } : null;
    void start({ projectId, shape, dryRun }, rows);
  };

  return (
    <div className="grid gap-6">
      <Card>
        <form onSubmit={submit} className="grid max-w-3xl gap-6">
          <Field name="file" label={text.file.label} hint={text.file.hint}>
            <Input
              type="file"
              accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson"
              disabled={isRunning}
              onChange={(event) => void choose(event.currentTarget.files?.[0])}
              className="py-1.5"
            />
          </Field>
          {fileError === null ? null : (
            <p role="alert" className="text-sm font-medium text-bad">
              {fileError}
            </p>
          )}
          {file === null ? null : (
            <>
              <p className="text-sm text-muted">{text.file.rows(file.rows.length)}</p>
              {file.kind === "csv" ? (
                <ColumnFields file={file} fields={fields} mapping={mapping} onChange={setMapping} />
              ) : null}
              <ConstantFields />
              <ShapeFields />
              <div className="flex flex-wrap gap-2">
                <Button type="submit" value="check" pending={isRunning}>
                  {text.check}
                </Button>
                <Button type="submit" value="import" variant="primary" pending={isRunning}>
                  {text.start}
                </Button>
              </div>
            </>
          )}
        </form>
        {dialog}
      </Card>
      {run === null ? null : <ImportRunView run={run} onStop={stop} onContinue={() => void resume()} />}
    </div>
  );
}

/** The rows of a file, or why it has none. */
async function readFile(file: File): Promise<ImportFile | string> {
  if (file.size > MAX_FILE_BYTES) return text.file.tooLarge;
  try {
    const read = readImportFile(await file.text());
    return read.rows.length === 0 ? text.file.empty : read;
  } catch (error) {
    return error instanceof CsvError ? error.message : text.file.unreadable;
  }
}
