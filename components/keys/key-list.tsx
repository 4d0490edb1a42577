import { countEntries } from "#core/restrictions/kinds.ts";
import type { Policies } from "#domain/access/policies/schema.ts";
import type { Key, KeyPage } from "#domain/keys/schema.ts";
import type { KeySparklines } from "#domain/usage/schema.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { NewLink } from "../ui/new-link.tsx";
import { Pagination } from "../ui/pagination.tsx";
import type { RowActions, SelectionActions } from "./actions.ts";
import { KeySelection } from "./key-selection.tsx";
import { type KeyRowFacts, KeyTable, selectableKeys } from "./key-table.tsx";
import { KEY_LIST, type KeyListState } from "./list-state.ts";
import { keysText } from "./text.ts";

const text = keysText.list;

interface KeyListProps {
  projectId: string;
  base: string;
  state: KeyListState;
  page: KeyPage;
  sparklines: KeySparklines;
  /** IDs of the keys with a secret that has not lapsed and was found in public. */
  leaked: string[];
  /** The site's policy for those. */
  leakPolicy: Policies["leakedKeys"];
  /** Why the reader may not reactivate a key, and who can; null when they may. */
  blockedOf: (key: Key) => string | null;
  nowMs: number;
  mayChange: boolean;
  actions: RowActions;
  selectionActions: SelectionActions;
}

const PAGE_SIZE = 50;
const DEFAULT_SORT = "-createdAt";

/** The table of keys, or why it is empty. */
export function KeyList({
  projectId,
  base,
  state,
  page,
  sparklines,
  leaked,
  leakPolicy,
  blockedOf,
  selectionActions,
  ...rest
}: KeyListProps) {
  const { nowMs, mayChange, actions } = rest;
  if (page.items.length === 0)
    return KEY_LIST.isFiltered(state) ? <NoMatch base={base} /> : <NoKeys mayChange={mayChange} />;
  const number = Math.max(1, Number(state.page) || 1);
  const first = (number - 1) * PAGE_SIZE + 1;
  return (
    <div className="grid gap-3">
      <KeySelection projectId={projectId} keys={selectableKeys(page.items)} actions={selectionActions}>
        <Card flush>
          <KeyTable
            keys={page.items.map((key) =>
              rowOf(key, sparklines, {
                leaked: leaked.includes(key.id) ? leakPolicy[key.environment] : null,
                blocked: blockedOf(key),
              }),
            )}
            nowMs={nowMs}
            base={base}
            state={state}
            sort={state.sort ?? DEFAULT_SORT}
            mayChange={mayChange}
            actions={actions}
          />
        </Card>
      </KeySelection>
      <Pagination
        noun={page.total === 1 ? "key" : "keys"}
        shown={{ from: first, to: first + page.items.length - 1 }}
        total={page.total}
        firstHref={state.cursor ? KEY_LIST.href(base, state, { cursor: undefined, page: undefined }) : null}
        nextHref={
          page.nextCursor
            ? KEY_LIST.href(base, state, { cursor: page.nextCursor, page: String(number + 1) })
            : null
        }
      />
    </div>
  );
}

function rowOf(
  key: Key,
  { days, keys }: KeySparklines,
  { leaked, blocked }: Pick<KeyRowFacts, "leaked" | "blocked">,
): KeyRowFacts {
  const week = keys[key.id];
  return {
    id: key.id,
    projectId: key.projectId,
    name: key.name,
    hint: key.hint,
    tags: key.tags,
    externalId: key.externalId,
    environment: key.environment,
    status: key.status,
    endedBy: key.endedBy,
    approval: key.approval,
    createdAt: key.createdAt,
    createdByName: key.createdBy.name,
    expiresAt: key.expiresAt,
    restorableUntil: key.restorableUntil,
    lastUsedAt: key.lastUsedAt,
    leaked,
    blocked,
    secrets: key.secrets.map(({ lapsesAt }) => ({ lapsesAt })),
    entries: countEntries(key.restrictions),
    week: days.map((_, day) => ({ valid: week?.valid[day] ?? 0, denied: week?.denied[day] ?? 0 })),
  };
}

function NoMatch({ base }: { base: string }) {
  return (
    <Card flush>
      <EmptyState
        title={text.noMatch.title}
        action={<ButtonLink href={base}>{text.noMatch.action}</ButtonLink>}
      >
        {text.noMatch.body}
      </EmptyState>
    </Card>
  );
}

function NoKeys({ mayChange }: { mayChange: boolean }) {
  return (
    <Card flush>
      <EmptyState
        title={text.empty.title}
        picture={<TablePlaceholder />}
        action={mayChange ? <NewLink>{text.empty.action}</NewLink> : undefined}
      >
        {text.empty.body}
      </EmptyState>
    </Card>
  );
}

const ROWS = [
  { name: 128, hint: 92, week: [3, 5, 4, 6, 7, 2, 1] },
  { name: 96, hint: 92, week: [1, 1, 2, 2, 3, 4, 5] },
  { name: 150, hint: 92, week: [6, 6, 5, 7, 6, 3, 3] },
];

/** A faint drawing of the table with keys. */
function TablePlaceholder() {
  return (
    <div className="rounded border border-border opacity-50">
      {ROWS.map((row) => (
        <div
          key={row.name}
          className="flex items-center justify-between border-b border-border px-4 py-3 last:border-b-0"
        >
          <svg width={160} height={22} className="text-edge" aria-hidden="true">
            <rect width={row.name} height={8} rx={2} fill="currentColor" opacity={0.55} />
            <rect y={14} width={row.hint} height={6} rx={2} fill="currentColor" opacity={0.3} />
          </svg>
          <Sparkline points={row.week.map((valid) => ({ valid, denied: valid > 5 ? 1 : 0 }))} />
        </div>
      ))}
    </div>
  );
}
