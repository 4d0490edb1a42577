import { CircleAlert } from "lucide-react";
import type { OpenApiPreview } from "#domain/catalog/apis/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { OperationTable } from "./operation-table.tsx";
import { documentText as text } from "./operations-text.ts";

/** What would be imported from a document, or the errors that prevent it. */
export function PreviewedDocument({ read }: { read: ActionResult<OpenApiPreview> }) {
  if (read.ok) {
    return <Preview read={read.value} />;
  }
  const errors = read.errors.length > 0 ? read.errors : [{ path: "", message: read.message }];
  return (
    <div role="alert" className="flex gap-2 rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        <p className="font-medium">{text.errors(errors.length)}</p>
        <ul className="grid gap-0.5">
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {locationOf(path) ? <span className="font-mono text-xs">{locationOf(path)}: </span> : null}
              {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The location in the document: the path without the name of the form's field. */
function locationOf(path: string): string {
  return path.replace(/^openapi\.?/, "");
}

function Preview({ read }: { read: OpenApiPreview }) {
  const { name, baseUrl, basePaths, scopes, operations, operationCount: count, notices } = read;
  return (
    <div className="grid gap-2 text-sm" role="status">
      <p>
        <span className="font-medium">{name ?? text.noTitle}</span>: {text.operations(count)}
      </p>
      <p className="text-muted">
        {text.baseUrl}
        <span className="font-mono">{baseUrl ?? text.unknown}</span>.
        {basePaths.length > 0 ? (
          <>
            {text.basePaths}
            <span className="font-mono">{basePaths.slice(0, 5).join(", ")}</span>
            {basePaths.length > 5 ? text.more(basePaths.length - 5) : ""}.
          </>
        ) : null}
      </p>
      {scopes.length > 0 ? (
        <p className="text-muted wrap-anywhere">
          {text.scopes(scopes.map((scope) => scope.name).join(", "))}
        </p>
      ) : null}
      {notices.length > 0 ? (
        <ul className="grid list-disc gap-0.5 pl-5">
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      ) : null}
      {count > 0 ? (
        <div className="max-h-80 overflow-y-auto rounded border border-border">
          <OperationTable operations={operations} label={text.operationsLabel} />
        </div>
      ) : null}
      {count > operations.length ? <p className="text-muted">{text.first(operations.length)}</p> : null}
    </div>
  );
}
