import type { Operation } from "#domain/catalog/apis/types.ts";

/** An operation as it is being typed. */
export interface OperationDraft {
  /** Of the row, so that typing stays with it when another goes. */
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

/** A row in which nothing was typed is no operation. */
export function isBlank({ name, path, summary }: OperationDraft): boolean {
  return [name, path, summary].every((text) => text.trim() === "");
}

/** What the drafts say; a part that is empty was not said. */
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

/** A slug for a name: `live-streaming` for "Live streaming!". Empty where nothing of the name is left. */
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
