"use client";

import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormActions } from "../ui/form.tsx";
import { recoveryCodesText as text } from "./dialog-text.ts";

/** Shows new recovery codes, once. Only its button closes it, so that a press outside doesn't lose them. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <Dialog open onClose={() => {}} hideClose title={text.title} description={text.description}>
      <CodeBlock title={text.label} code={codes.join("\n")} />
      <FormActions>
        <Button variant="primary" onClick={onClose}>
          {text.done}
        </Button>
      </FormActions>
    </Dialog>
  );
}
