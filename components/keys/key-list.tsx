import { countEntries } from "#core/restrictions/kinds.ts";
import type { Policies } from "#domain/access/policies/types.ts";
import type { Key, KeyPage } from "#domain/keys/types.ts";
import type { KeySparklines } from "#domain/usage/types.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { NewLink } from "../ui/new-link.tsx";
import { Pagination } from "../ui/pagination.tsx";
import type { RowActions } from "./key-row-menu-props.ts";
import { type KeyRowFacts, KeyTable } from "./key-table.tsx";
import { KeysPicture } from "./keys-picture.tsx";
import { KEY_LIST, type KeyListState } from "./list-state.ts";

interface KeyListProps {
  base: string;
  state: KeyListState;
  page: KeyPage;
  sparklines: KeySparklines;
  /** The ids of those of which a secret that has not lapsed was found in public. */
  leaked: string[];
  /** What the site's rule does to those. */
  leakRule: Policies["leakedKeys"];
  /** Why the reader may not bring a key back, and who can; null where they may. */
  blockedOf: (key: Key) => string | null;
  nowMs: number;
  mayChange: boolean;
  actions: RowActions;
}

const PAGE_SIZE = 50;
const DEFAULT_SORT = "-createdAt";

/** The table with its foot, or the reason why there is none. */
export function KeyList({
  base,
  state,
  page,
  sparklines,
  leaked,
  leakRule,
  blockedOf,
  ...rest
}: KeyListProps) {
  const { nowMs, mayChange, actions } = rest;
  if (page.items.length === 0)
    return KEY_LIST.isFiltered(state) ? <NothingFound base={base} /> : <NoKeys mayChange={mayChange} />;
  const number = Math.max(1, Number(state.page) || 1);
  const first = (number - 1) * PAGE_SIZE + 1;
  return (
    <div className="grid gap-3">
      <Card flush>
        <KeyTable
          keys={page.items.map((key) =>
            rowOf(key, sparklines, {
              leaked: leaked.includes(key.id) ? leakRule[key.environment] : null,
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
    environment: key.environment,
    status: key.status,
    endedBy: key.endedBy,
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

function NothingFound({ base }: { base: string }) {
  return (
    <Card flush>
      <EmptyState title="No key matches" action={<ButtonLink href={base}>Show all keys</ButtonLink>}>
        Search looks at names, whole ids and hints. The filters beside it count too.
      </EmptyState>
    </Card>
  );
}

function NoKeys({ mayChange }: { mayChange: boolean }) {
  return (
    <Card flush>
      <EmptyState
        title="No keys yet"
        picture={<KeysPicture />}
        action={mayChange ? <NewLink>Create key</NewLink> : undefined}
      >
        A key is what a program sends to prove that it belongs to this project. Give each program its own:
        then its use can be seen apart, and it can be taken away without stopping the others.
      </EmptyState>
    </Card>
  );
}
