import { Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import { isGateway, STACKS, type Stack } from "./stacks.ts";
import { integrationText as text } from "./text.ts";

interface StackChoiceProps {
  stack: Stack;
  loading: boolean;
  failed: boolean;
  onChoose: (id: string) => void;
}

/** Chooses the stack whose code is shown beside a new service token. */
export function StackChoice({ stack, loading, failed, onChoose }: StackChoiceProps) {
  const state = failed ? text.failed : loading ? text.loading : null;
  return (
    <div className="grid gap-1.5">
      <Field name="stack" label={text.stacks} hint={isGateway(stack) ? text.gatewayHint : undefined}>
        <Select name="stack" value={stack.id} onChange={(event) => onChoose(event.currentTarget.value)}>
          {STACKS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <p role="status" className="text-sm text-muted empty:hidden">
        {state}
      </p>
    </div>
  );
}
