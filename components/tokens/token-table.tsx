import type { ReactNode } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { type Column, DataTable, NameCell } from "../ui/data-table.tsx";
import type { CursorPaginationProps } from "../ui/pagination.tsx";
import type { ExpiryChoice } from "./expiry-choice.ts";
import { RotateTokenButton } from "./rotate-button.tsx";
import type { RotatableToken, TokenRotation } from "./rotate-form.tsx";
import { tokensText } from "./text.ts";
import { TokenLastUse } from "./token-cells.tsx";

interface Token {
  id: string;
  name: string;
  hint: string;
  lastUsedAt: string | null;
  lastUsedFrom?: string | null;
}

interface TokenTableProps<Row extends Token> {
  label: string;
  tokens: Row[];
  empty: ReactNode;
  pagination?: CursorPaginationProps;
  headings: { name: string; lastUsed: string; actions: string };
  /** The columns between the name and the last use. */
  columns: Column<Row>[];
  /** The buttons of a token. */
  actions: (token: Row) => ReactNode;
}

/** The table of tokens of any kind. */
export function TokenTable<Row extends Token>(props: TokenTableProps<Row>) {
  const { label, tokens, empty, pagination, headings, columns, actions } = props;
  return (
    <DataTable
      label={label}
      rows={tokens}
      rowKey={({ id }) => id}
      pagination={pagination}
      empty={empty}
      columns={[
        { label: headings.name, value: ({ name, hint }) => <NameCell mono name={name} detail={hint} /> },
        ...columns,
        {
          label: headings.lastUsed,
          className: "text-muted",
          value: ({ lastUsedAt, lastUsedFrom }) => (
            <TokenLastUse at={lastUsedAt} from={lastUsedFrom ?? null} />
          ),
        },
        { label: headings.actions, hideLabel: true, value: actions },
      ]}
    />
  );
}

interface TokenActionsProps {
  token: RotatableToken;
  /** Name of the rotation's form among the attempts. */
  form: string;
  /** What the new secret is called. */
  noun: string;
  expiry: ExpiryChoice;
  /** The environment variable that holds the token. */
  variable: string;
  rotate: (rotation: TokenRotation, key: string) => Promise<ActionResult<{ token: string }>>;
  endOverlap: () => Promise<ActionResult<unknown>>;
  /** The button that revokes the token. */
  children: ReactNode;
}

/** Ends the overlap of a token, rotates it and, by `children`, revokes it. */
export function TokenActions({ token, endOverlap, children, ...rotation }: TokenActionsProps) {
  const { older: text } = tokensText;
  return (
    <div className="flex gap-1 max-wide:flex-wrap sm:justify-end">
      {token.older ? (
        <ConfirmButton
          variant="ghost"
          size="sm"
          label={text.end}
          about={text.endAbout(token.name)}
          title={text.endTitle(token.name)}
          confirm={text.endConfirm}
          action={endOverlap}
        >
          <p>{text.endEffect}</p>
        </ConfirmButton>
      ) : null}
      <RotateTokenButton subject={token} {...rotation} />
      {children}
    </div>
  );
}
