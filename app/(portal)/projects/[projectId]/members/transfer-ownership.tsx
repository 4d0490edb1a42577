import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { membersText } from "#components/members/text.ts";
import { Card, Section } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { transferOwnership } from "./actions.ts";

const text = membersText.transfer;

interface TransferOwnershipProps {
  projectId: string;
  /** The members who can become the owner. */
  candidates: { id: string; name: string; email: string }[];
}

/** Makes another member the owner instead of the reader. */
export function TransferOwnership({ projectId, candidates }: TransferOwnershipProps) {
  return (
    <Section title={text.title}>
      <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="max-w-xl text-muted">{text.description}</p>
        <ConfirmButton
          label={text.label}
          title={text.question}
          confirm={text.confirm}
          fields={
            <Field name="userId" label={text.newOwner}>
              <Select name="userId" defaultValue={candidates[0]?.id} className="w-full">
                {candidates.map(({ id, name, email }) => (
                  <option key={id} value={id}>
                    {name}, {email}
                  </option>
                ))}
              </Select>
            </Field>
          }
          action={transferOwnership.bind(null, { projectId })}
        >
          <p>{text.effect}</p>
        </ConfirmButton>
      </Card>
    </Section>
  );
}
