import type { DeletionBlockers } from "#domain/access/accounts/delete-account.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Link } from "../ui/link.tsx";
import { accountText } from "./text.ts";

const { deletion: text } = accountText;

interface DeleteAccountProps {
  email: string;
  blockers: DeletionBlockers;
  remove: (input: { email: string }) => Promise<ActionResult<unknown>>;
}

/** Deletes the account, or says what keeps it from being deleted. */
export function DeleteAccount({ email, blockers, remove }: DeleteAccountProps) {
  const { projects, onlyAdmin } = blockers;
  return (
    <div className="grid justify-items-start gap-4">
      <p className="text-muted">{text.effect}</p>
      {onlyAdmin ? <p>{text.onlyAdmin}</p> : null}
      {projects.length > 0 ? (
        <div>
          <p>{text.onlyOwner}</p>
          <ul className="mt-1 list-disc pl-5">
            {projects.map(({ id, name }) => (
              <li key={id}>
                <Link
                  href={`/projects/${id}/members`}
                  className="inline-block py-0.5 text-accent underline wrap-anywhere"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <ConfirmButton
        label={text.label}
        title={text.question}
        confirm={text.confirm}
        disabled={onlyAdmin || projects.length > 0}
        typeToConfirm={email}
        action={remove.bind(null, { email })}
        goTo="/sign-in"
      >
        <p>{text.warning}</p>
      </ConfirmButton>
    </div>
  );
}
