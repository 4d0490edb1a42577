import type { Operation } from "#domain/catalog/apis/schema.ts";
import { type Column, DataTable, RowLink } from "../ui/data-table.tsx";
import { apisText } from "./text.ts";

const { operationColumns: columns } = apisText;

interface OperationTableProps {
  operations: Operation[];
  label: string;
  /** The page of an operation; null if it has none. */
  hrefOf?: (operation: Operation) => string | null;
}

const nameColumn = (hrefOf: OperationTableProps["hrefOf"]): Column<Operation> => ({
  label: columns.name,
  className: "font-mono text-sm whitespace-nowrap",
  value: (operation) => {
    const href = hrefOf?.(operation) ?? null;
    return href === null ? operation.name : <RowLink href={href}>{operation.name}</RowLink>;
  },
});
const CALL: Column<Operation> = {
  label: columns.call,
  className: "font-mono text-sm wrap-anywhere",
  value: ({ method, path }) => (
    <span>
      {method ? <span className="text-muted">{method} </span> : null}
      {path}
    </span>
  ),
};
const SUMMARY: Column<Operation> = {
  label: columns.summary,
  className: "text-sm text-muted",
  value: ({ summary }) => summary,
};

const SCOPES: Column<Operation> = {
  label: columns.scopes,
  className: "font-mono text-sm",
  value: ({ requiredScopes }) =>
    (requiredScopes ?? []).map((all, at) => (
      <span key={all.join(" ")} className="block">
        {at > 0 ? <span className="font-sans text-muted">{apisText.or} </span> : null}
        {all.join(" ")}
      </span>
    )),
};

/** The operations of an API, to which keys can be restricted. */
export function OperationTable({ operations, label, hrefOf }: OperationTableProps) {
  const hasPaths = operations.some(({ path }) => path !== null);
  const hasScopes = operations.some(({ requiredScopes }) => requiredScopes !== null);
  return (
    <DataTable
      bare
      dense
      label={label}
      rows={operations}
      rowKey={({ name }) => name}
      columns={[nameColumn(hrefOf), ...(hasPaths ? [CALL] : []), SUMMARY, ...(hasScopes ? [SCOPES] : [])]}
    />
  );
}
