import type { Operation } from "#domain/catalog/apis/schema.ts";

/** An operation that is being edited. */
export interface OperationDraft {
  /** Identifies the row, so that it keeps its input when another row is removed. */
  id: number;
  name: string;
  method: string;
  path: string;
  summary: string;
}

export function draftsOf(operations: Operation[]): OperationDraft[] {
  return operations.map(({ name, method, path, summary }, id) => ({
    id,
    name,
    method: method ?? "",
    path: path ?? "",
    summary: summary ?? "",
  }));
}

/** Whether nothing was entered in the row. Blank rows are not sent. */
export function isBlank({ name, path, summary }: OperationDraft): boolean {
  return [name, path, summary].every((text) => text.trim() === "");
}

/** The operations of the drafts. Empty parts become null. */
export function operationsOf(drafts: OperationDraft[]): Operation[] {
  return drafts
    .filter((draft) => !isBlank(draft))
    .map(({ name, method, path, summary }) => ({
      name: name.trim(),
      method: method || null,
      path: path.trim() || null,
      summary: summary.trim() || null,
    }));
}

/** A slug for a name: `live-streaming` for "Live streaming!". Empty if the name has no usable characters. */
export function slugFor(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "")
    .slice(0, 50)
    .replace(/-+$/, "");
}
