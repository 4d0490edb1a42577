"use client";

import type {
  FollowDocumentInput,
  FollowedDocument as Followed,
  FoundDocument,
  FoundDocumentInput,
} from "#domain/catalog/followed-documents/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card, Section } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { followedText as text } from "./admin-text.ts";

type Act<Input> = (input: Input) => Promise<ActionResult<unknown>>;

interface FollowedDocumentProps {
  slug: string;
  followed: Followed | null;
  actions: {
    follow: Act<FollowDocumentInput>;
    check: Act<{ slug: string }>;
    unfollow: Act<{ slug: string }>;
    apply: Act<FoundDocumentInput>;
    decline: Act<FoundDocumentInput>;
  };
}

/** The URL whose OpenAPI document is checked every day, and what has changed there. */
export function FollowedDocument({ slug, followed, actions }: FollowedDocumentProps) {
  return (
    <Section title={text.title} description={text.description}>
      <Card className="grid gap-4">
        {followed === null ? (
          <ActionForm
            action={(data) => actions.follow({ slug, url: textOf(data, "url") })}
            className="max-w-2xl gap-3"
          >
            <Field name="url" label={text.url} hint={text.urlHint}>
              <Input name="url" type="url" mono autoComplete="off" spellCheck={false} />
            </Field>
            <FormMessage />
            <div>
              <SubmitButton variant="secondary">{text.follow}</SubmitButton>
            </div>
          </ActionForm>
        ) : (
          <>
            <div className="grid gap-1">
              <p className="font-mono text-sm break-all">{followed.url}</p>
              <Status followed={followed} />
            </div>
            {followed.found ? (
              <Found
                found={followed.found}
                apply={() => actions.apply({ slug, digest: followed.found?.digest ?? "" })}
                decline={() => actions.decline({ slug, digest: followed.found?.digest ?? "" })}
              />
            ) : null}
            <div className="flex flex-wrap gap-2">
              <ActionButton size="sm" action={() => actions.check({ slug })}>
                {text.check}
              </ActionButton>
              <ActionButton size="sm" variant="ghost" action={() => actions.unfollow({ slug })}>
                {text.unfollow}
              </ActionButton>
            </div>
          </>
        )}
      </Card>
    </Section>
  );
}

function Status({ followed: { checkedAt, failure, found } }: { followed: Followed }) {
  if (failure) {
    return (
      <p className="text-sm">
        <StatusDot tone="bad">
          {failure.error} {text.failing} <RelativeTime at={failure.since} />.
        </StatusDot>
      </p>
    );
  }
  return (
    <p className="text-sm text-muted">
      {found ? text.changed : text.same} {text.checked} <RelativeTime at={checkedAt} />.
    </p>
  );
}

interface FoundProps {
  found: FoundDocument;
  apply: () => Promise<ActionResult<unknown>>;
  decline: () => Promise<ActionResult<unknown>>;
}

function Found({ found: { changes, affected, foundAt }, apply, decline }: FoundProps) {
  const lists = [
    { title: text.lists.removed, names: changes.removed },
    { title: text.lists.added, names: changes.added },
    { title: text.lists.changed, names: changes.changed },
    { title: text.lists.deprecated, names: changes.deprecated },
    { title: text.lists.removedScopes, names: changes.removedScopes },
  ].filter(({ names }) => names.length > 0);
  return (
    <div className="grid gap-3 rounded border border-border p-4">
      <p className="font-medium">
        {text.summary(changes)}
        {affected.keys > 0 ? ` ${text.affected(affected)}` : ""}
      </p>
      <p className="text-sm text-muted">
        {text.found} <RelativeTime at={foundAt} />.
      </p>
      {lists.map(({ title, names }) => (
        <details key={title(0)} className="text-sm">
          <summary className="cursor-pointer">{title(names.length)}</summary>
          <ul className="mt-1 grid max-h-60 gap-0.5 overflow-y-auto pl-4 font-mono text-xs">
            {names.slice(0, MAX_LISTED).map((name) => (
              <li key={name} className="break-all">
                {name}
              </li>
            ))}
            {names.length > MAX_LISTED ? <li>{text.more(names.length - MAX_LISTED)}</li> : null}
          </ul>
        </details>
      ))}
      <div className="flex flex-wrap gap-2">
        <ConfirmButton
          variant="primary"
          size="sm"
          harmless={affected.keys === 0}
          label={text.apply}
          title={text.applyTitle}
          confirm={text.applyConfirm}
          action={apply}
        >
          <p>
            {text.applyEffect}
            {affected.keys > 0 ? ` ${text.affected(affected)}` : ""}
          </p>
        </ConfirmButton>
        <ActionButton size="sm" action={decline}>
          {text.decline}
        </ActionButton>
      </div>
    </div>
  );
}

const MAX_LISTED = 200;
