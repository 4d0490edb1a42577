"use client";

import { Button } from "../ui/button.tsx";
import { Card, Fact, Facts, Section } from "../ui/card.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { FailureText } from "../ui/failure-text.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { importText } from "./text.ts";
import type { ImportRun } from "./use-import.ts";

interface ImportRunViewProps {
  run: ImportRun;
  onStop: () => void;
  onContinue: () => void;
}

const text = importText.results;

/** Progress and results of an import or of its check. */
export function ImportRunView({ run, onStop, onContinue }: ImportRunViewProps) {
  const { settings, state, done, rows, counts, failure, listed, more } = run;
  return (
    <Section
      title={settings.dryRun ? text.checked : text.imported}
      actions={
        state === "running" ? (
          <Button size="sm" onClick={onStop}>
            {importText.stop}
          </Button>
        ) : state === "stopped" ? (
          <Button size="sm" variant="primary" onClick={onContinue}>
            {importText.continue}
          </Button>
        ) : null
      }
    >
      <Card className="grid gap-4">
        <div className="grid gap-1.5 text-sm">
          <span role="status">{importText.progress(done, rows.length)}</span>
          <progress
            aria-label={importText.progressLabel}
            value={done}
            max={rows.length}
            className="progress"
          />
        </div>
        {failure === null ? null : (
          <div role="alert" className="text-sm font-medium text-bad">
            <FailureText code={failure.code} message={failure.message} />
            {failure.errors.map(({ path, message }) => (
              <span key={path} className="block font-normal">
                {path}: {message}
              </span>
            ))}
          </div>
        )}
        {state === "stopped" ? <p className="text-sm text-muted">{importText.stopped}</p> : null}
        <Facts>
          <Fact label={settings.dryRun ? text.wouldBeCreated : text.created}>
            <FormattedNumber value={counts.created} />
          </Fact>
          <Fact label={text.unchanged}>
            <FormattedNumber value={counts.unchanged} />
          </Fact>
          <Fact label={text.failed}>
            <FormattedNumber value={counts.failed} />
          </Fact>
        </Facts>
        {listed.length === 0 ? null : (
          <DataTable
            label={settings.dryRun ? text.checkedTable : text.table}
            bare
            dense
            scrolls
            rows={listed}
            rowKey={({ number }) => String(number)}
            columns={[
              { label: text.row, value: ({ number }) => <FormattedNumber value={number} /> },
              { label: text.name, className: "wrap-anywhere", value: ({ name }) => name },
              { label: text.outcome, value: ({ status }) => outcomeOf(status, settings.dryRun) },
              { label: text.reason, value: reasonOf },
            ]}
          />
        )}
        {more > 0 ? <p className="text-sm text-muted">{text.more(more)}</p> : null}
      </Card>
    </Section>
  );
}

function outcomeOf(status: ImportRun["listed"][number]["status"], dryRun: boolean): string {
  if (status === "created") return dryRun ? text.wouldBeCreated : text.created;
  return text[status];
}

function reasonOf({ status, message, errors }: ImportRun["listed"][number]): string {
  if (errors.length > 0) {
    return errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" ");
  }
  return message ?? (status === "unchanged" ? text.unchangedReason : "");
}
