import type { ActionResult } from "#domain/errors.ts";
import type { KeyRuleState } from "#domain/keys/lifecycle/rules/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { keyRulesText } from "../forms/key-rules-text.ts";
import { LazyActionButton } from "../forms/lazy-action-button.tsx";
import { ExemptDialog } from "../keys/key-tabs.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Alert } from "../ui/card.tsx";
import { DateTime } from "../ui/time.tsx";
import { withParams } from "../ui/url-state.ts";
import type { UnusedActions } from "../unused/actions.ts";

const { alert: text, names } = keyRulesText;

interface RuleAlertProps {
  subject: Pick<Key, "id" | "name" | "status">;
  state: KeyRuleState;
  /** Whether the reader is an administrator. */
  mayExempt: boolean;
  /** The address of the page: its path and query. `exempt=1` opens the form, so that the page needs no script for it. */
  path: string;
  search: URLSearchParams;
  actions: {
    exempt: UnusedActions["exemptKey"];
    end: (input: { keyId: string }) => Promise<ActionResult<{ ended: boolean }>>;
  };
}

/** Says which key rules a key breaks and what follows, or until when it is exempt from them. */
export function RuleAlert({ subject, state, mayExempt, path, search, actions }: RuleAlertProps) {
  const { broken, endsAt, exemption } = state;
  if (subject.status === "revoked") return null;
  if (exemption !== null) {
    return (
      <Alert
        tone="inert"
        actions={
          mayExempt ? (
            <LazyActionButton size="sm" action={actions.end.bind(null, { keyId: subject.id })}>
              {text.end}
            </LazyActionButton>
          ) : undefined
        }
      >
        {text.exempt} <DateTime at={exemption.until} />: {text.by(exemption.reason, exemption.by)}
      </Alert>
    );
  }
  if (broken.length === 0) return null;
  const hrefWith = (exempt: string | undefined) =>
    withParams(path, Object.entries({ ...Object.fromEntries(search), exempt }));
  return (
    <>
      <Alert
        tone={endsAt === null ? "inert" : "attention"}
        actions={
          mayExempt ? (
            <ButtonLink size="sm" href={hrefWith("1")} scroll={false}>
              {text.action}
            </ButtonLink>
          ) : undefined
        }
      >
        {text.broken} {broken.map((rule) => names[rule]).join(", ")}.{" "}
        {endsAt === null ? null : (
          <>
            {text.ends} <DateTime at={endsAt} />.
          </>
        )}
      </Alert>
      {mayExempt && search.get("exempt") === "1" ? (
        <ExemptDialog
          subject={{ id: subject.id, name: subject.name }}
          description={text.description}
          exempt={actions.exempt}
          closeHref={hrefWith(undefined)}
        />
      ) : null}
    </>
  );
}
