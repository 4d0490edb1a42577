import type { Operation } from "#domain/catalog/apis/schema.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { apisText } from "./text.ts";

const { operationColumns: columns } = apisText;

const NAME: Column<Operation> = {
  label: columns.name,
  className: "font-mono text-sm whitespace-nowrap",
  value: ({ name }) => name,
};
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

/** The operations of an API, to which keys can be restricted. */
export function OperationTable({ operations, label }: { operations: Operation[]; label: string }) {
  const hasPaths = operations.some(({ path }) => path !== null);
  return (
    <DataTable
      bare
      dense
      label={label}
      rows={operations}
      rowKey={({ name }) => name}
      columns={hasPaths ? [NAME, CALL, SUMMARY] : [NAME, SUMMARY]}
    />
  );
}
