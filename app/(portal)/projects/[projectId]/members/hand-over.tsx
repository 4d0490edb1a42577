import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { handOver } from "./actions.ts";

interface HandOverProps {
  projectId: string;
  /** Members who could be the owner instead. */
  heirs: { id: string; name: string; email: string }[];
}

/** Gives the reader's ownership to another member. */
export function HandOver({ projectId, heirs }: HandOverProps) {
  return (
    <Section title="Hand over ownership">
      <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="max-w-xl text-muted">
          Another member becomes owner in your place, and you stay as a developer.
        </p>
        <ConfirmButton
          label="Hand over…"
          about="Hand over ownership…"
          title="Hand over ownership?"
          confirm="Hand over"
          fields={
            <Field name="userId" label="New owner">
              <Select name="userId" defaultValue={heirs[0]?.id} className="w-full">
                {heirs.map((heir) => (
                  <option key={heir.id} value={heir.id}>
                    {heir.name}, {heir.email}
                  </option>
                ))}
              </Select>
            </Field>
          }
          action={handOver.bind(null, { projectId })}
        >
          <p>
            You can't take it back: only the new owner can make you one again. Open invitations that you made
            end.
          </p>
        </ConfirmButton>
      </Card>
    </Section>
  );
}
