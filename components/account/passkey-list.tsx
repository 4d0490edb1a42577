import type { Passkey, Passkeys } from "#domain/access/accounts/factors/passkeys.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { factorText } from "./factor-text.ts";
import type { AddPasskeyActions } from "./passkey-dialog.tsx";
import { RenamePasskey } from "./rename-passkey.tsx";

const { passkeys: text } = factorText;

interface PasskeyListProps {
  passkeys: Passkeys;
  actions: AddPasskeyActions & {
    rename: (input: { passkeyId: string; name: string }) => Promise<ActionResult<unknown>>;
    remove: (input: { passkeyId: string }) => Promise<ActionResult<unknown>>;
  };
}

/** The user's passkeys: add, rename and remove. */
export function PasskeyList({ passkeys: { available, items }, actions }: PasskeyListProps) {
  return (
    <Card flush>
      {items.length === 0 ? null : (
        <ul>
          {items.map((passkey) => (
            <li
              key={passkey.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-border px-5 py-3"
            >
              <PasskeyFacts passkey={passkey} />
              <div className="flex flex-wrap gap-1">
                <RenamePasskey passkey={passkey} rename={actions.rename} />
                <ConfirmButton
                  variant="ghost"
                  size="sm"
                  label={text.remove.label}
                  about={text.remove.about(passkey.name)}
                  title={text.remove.title(passkey.name)}
                  confirm={text.remove.confirm}
                  action={actions.remove.bind(null, { passkeyId: passkey.id })}
                >
                  <p>{text.remove.effect}</p>
                </ConfirmButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className="grid justify-items-start gap-3 px-5 py-4">
        {items.length === 0 ? <p className="text-muted">{text.none}</p> : null}
        {available ? (
          <AddPasskey actions={{ start: actions.start, add: actions.add }} />
        ) : (
          <p className="text-sm text-muted">{text.unavailable}</p>
        )}
      </div>
    </Card>
  );
}

function PasskeyFacts({ passkey: { name, createdAt, lastUsedAt, synced } }: { passkey: Passkey }) {
  return (
    <div className="grid min-w-0 gap-0.5">
      <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
        {name}
        <Badge>{synced ? text.synced : text.oneDevice}</Badge>
      </p>
      <p className="text-sm text-muted">
        {text.added}
        <RelativeTime at={createdAt} />
        {lastUsedAt === null ? (
          text.neverUsed
        ) : (
          <>
            {text.lastUsed}
            <RelativeTime at={lastUsedAt} />
          </>
        )}
      </p>
    </div>
  );
}
