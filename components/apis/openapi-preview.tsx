import { CircleAlert } from "lucide-react";
import type { OpenApiSummary } from "#domain/apis/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { OperationTable } from "./operation-table.tsx";

/** What a document would put into the catalogue, or every fault that keeps it out. */
export function OpenApiPreview({ read }: { read: ActionResult<OpenApiSummary> }) {
  if (read.ok) {
    const { name, operations } = read.value;
    const count = operations.length;
    return (
      <div className="grid gap-2" role="status">
        <p className="text-sm">
          <span className="font-medium">{name}</span>:{" "}
          {count === 0 ? "no operations." : `${count} operation${count === 1 ? "" : "s"}.`}
        </p>
        {count > 0 ? (
          <div className="max-h-80 overflow-y-auto rounded border border-border">
            <OperationTable operations={operations} label="Operations in the document" />
          </div>
        ) : null}
      </div>
    );
  }
  const faults = read.errors.length > 0 ? read.errors : [{ path: "", message: read.message }];
  return (
    <div role="alert" className="flex gap-2 rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        <p className="font-medium">
          {faults.length === 1
            ? "This keeps it out of the catalogue:"
            : `${faults.length} faults keep it out:`}
        </p>
        <ul className="grid gap-0.5">
          {faults.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="break-words">
              {place(path) ? <span className="font-mono text-xs">{place(path)}: </span> : null}
              {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Where in the document: the path without the name of our field. */
function place(path: string): string {
  return path.replace(/^openapi\.?/, "");
}
