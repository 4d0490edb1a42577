import { formatNumber } from "#core/format.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { Card } from "../ui/card.tsx";
import { entriesOf, nameOf, type RowResults } from "./entry-results.ts";
import { KIND_CARDS, KIND_ICONS, type KindCard } from "./kinds.ts";
import { KIND_TEXT } from "./text.ts";

interface ReadOnlyProps {
  restrictions: Restrictions;
  /** What each entry means. */
  results: RowResults;
}

/** The saved restrictions, for readers who can't change them. */
export function ReadOnlyRestrictions({ restrictions, results }: ReadOnlyProps) {
  const meanings = new Map(results);
  return (
    <div className="grid gap-2">
      {KIND_CARDS.map((kind) => {
        const entries = shownOf(restrictions, kind);
        const Icon = KIND_ICONS[kind];
        return (
          <Card key={kind} flush>
            <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-4 py-3">
              <Icon aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="font-medium">{KIND_TEXT[kind].label}</span>
              <span className="ml-auto text-sm text-muted">
                {entries.length === 0 ? KIND_TEXT[kind].empty : formatNumber(entries.length)}
              </span>
            </h3>
            {entries.length > 0 ? (
              <ul aria-label={KIND_TEXT[kind].label} className="grid gap-3 border-t border-border px-4 py-4">
                {entries.map(({ text, name }) => {
                  const result = meanings.get(name);
                  return (
                    <li key={name}>
                      <p className="font-mono text-sm break-all">{text}</p>
                      {result?.ok ? <p className="text-sm text-muted">{result.meaning}</p> : null}
                    </li>
                  );
                })}
              </ul>
            ) : null}
          </Card>
        );
      })}
    </div>
  );
}

/** As they are shown: each API on one line with its operations. */
function shownOf(restrictions: Restrictions, kind: KindCard): { text: string; name: string }[] {
  if (kind === "apis") {
    return restrictions.apis.map(({ api, operations, scopes = [] }) => ({
      text: [
        `${api}: ${operations.length === 0 ? "all operations" : operations.join(", ")}`,
        scopes.length > 0 ? `only ${scopes.join(" ")}` : null,
      ]
        .filter((part) => part !== null)
        .join("; "),
      name: api,
    }));
  }
  const lists = kind === "apps" ? ["android", "ios"] : [kind];
  return entriesOf(restrictions)
    .filter(({ list }) => lists.includes(list))
    .map((entry) => ({ text: entry.fields.join("@"), name: nameOf(entry) }));
}
