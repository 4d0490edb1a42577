import type { Operation } from "#domain/catalog/apis/types.ts";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";

/** The calls of an API: what a key can be allowed or refused one by one. */
export function OperationTable({ operations, label }: { operations: Operation[]; label: string }) {
  const anyPath = operations.some((operation) => operation.path !== null);
  return (
    <Table aria-label={label} dense>
      <Thead>
        <tr>
          <Th>Operation</Th>
          {anyPath ? <Th>Call</Th> : null}
          <Th>What it does</Th>
        </tr>
      </Thead>
      <tbody>
        {operations.map((operation) => (
          <Tr key={operation.name}>
            <Td className="font-mono text-sm whitespace-nowrap">{operation.name}</Td>
            {anyPath ? (
              <Td className="font-mono text-sm whitespace-nowrap">
                {operation.method ? <span className="text-muted">{operation.method} </span> : null}
                {operation.path}
              </Td>
            ) : null}
            <Td className="min-w-48 text-sm text-muted">{operation.summary}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
