import { CircleAlert } from "lucide-react";
import type { OpenApiPreview } from "#domain/catalog/apis/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { OperationTable } from "./operation-table.tsx";

/** What a document would put into the catalogue, or every fault that keeps it out. */
export function PreviewedDocument({ read }: { read: ActionResult<OpenApiPreview> }) {
  if (read.ok) {
    return <Understood read={read.value} />;
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

function Understood({ read }: { read: OpenApiPreview }) {
  const { name, baseUrl, basePaths, operations, operationCount: count, notices } = read;
  return (
    <div className="grid gap-2 text-sm" role="status">
      <p>
        <span className="font-medium">{name ?? "It has no title: enter a name below"}</span>:{" "}
        {count === 0 ? "no operations." : `${count.toLocaleString()} operation${count === 1 ? "" : "s"}.`}
      </p>
      <p className="text-muted">
        Address: <span className="font-mono">{baseUrl ?? "not known"}</span>.{" "}
        {basePaths.length > 0 ? (
          <>
            Paths are also found below <span className="font-mono">{basePaths.slice(0, 5).join(", ")}</span>
            {basePaths.length > 5 ? ` and ${basePaths.length - 5} more` : ""}.
          </>
        ) : null}
      </p>
      {notices.length > 0 ? (
        <ul className="grid list-disc gap-0.5 pl-5">
          {notices.map((notice) => (
            <li key={notice} className="break-words">
              {notice}
            </li>
          ))}
        </ul>
      ) : null}
      {count > 0 ? (
        <div className="max-h-80 overflow-y-auto rounded border border-border">
          <OperationTable operations={operations} label="Operations in the document" />
        </div>
      ) : null}
      {count > operations.length ? (
        <p className="text-muted">The first {operations.length} operations are shown.</p>
      ) : null}
    </div>
  );
}
