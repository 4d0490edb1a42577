import type { DeclaredScope, Operation } from "#domain/catalog/apis/schema.ts";

/** An operation that is being edited. */
export interface OperationDraft {
  /** Identifies the row, so that it keeps its input when another row is removed. */
  id: number;
  name: string;
  method: string;
  path: string;
  summary: string;
  /** As `scopesText` writes them. */
  scopes: string;
}

/** `badges:read badges:list | badges:admin`: all of one list, or all of another. */
export function scopesText(required: Operation["requiredScopes"]): string {
  return (required ?? []).map((all) => all.join(" ")).join(" | ");
}

/** No scope has a space in its name, so a bar between spaces separates lists. */
function requiredScopesIn(text: string): Operation["requiredScopes"] {
  const lists = text
    .trim()
    .split(/\s+\|\s+/)
    .map((all) => all.split(/\s+/).filter((scope) => scope !== ""))
    .filter((all) => all.length > 0);
  return lists.length === 0 ? null : lists;
}

/** Scopes that are entered, one for each line: its name, then its description. */
export function scopeLinesOf(scopes: readonly DeclaredScope[]): string {
  return scopes
    .map(({ name, description }) => `${name} ${description.replace(/\s+/g, " ")}`.trim())
    .join("\n");
}

export function scopesIn(lines: string): DeclaredScope[] {
  return lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", ...words] = line.split(/\s+/);
      return { name, description: words.join(" ") };
    });
}

export function draftsOf(operations: Operation[]): OperationDraft[] {
  return operations.map(({ name, method, path, summary, requiredScopes }, id) => ({
    id,
    name,
    method: method ?? "",
    path: path ?? "",
    summary: summary ?? "",
    scopes: scopesText(requiredScopes),
  }));
}

/** Whether nothing was entered in the row. Blank rows are not sent. */
export function isBlank({ name, path, summary, scopes }: OperationDraft): boolean {
  return [name, path, summary, scopes].every((text) => text.trim() === "");
}

/** The operations of the drafts. Empty parts become null. */
export function operationsOf(drafts: OperationDraft[]): Operation[] {
  return drafts
    .filter((draft) => !isBlank(draft))
    .map(({ name, method, path, summary, scopes }) => ({
      name: name.trim(),
      method: method || null,
      path: path.trim() || null,
      summary: summary.trim() || null,
      requiredScopes: requiredScopesIn(scopes),
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
