import { LinkOnce } from "../forms/link-once.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormActions } from "../ui/form.tsx";
import { uiText } from "../ui/text.ts";
import { usersText } from "./users-text.ts";

const text = usersText.user.reset;

interface PasswordResetSentProps {
  email: string;
  /** Null when it was mailed. */
  link: string | null;
  onClose: () => void;
}

/** Says that the link was mailed, or shows it once. */
export function PasswordResetSent({ email, link, onClose }: PasswordResetSentProps) {
  if (link !== null) {
    return (
      <Dialog open onClose={onClose} title={text.linkTitle(email)}>
        <LinkOnce link={link} onDone={onClose}>
          {text.link}
        </LinkOnce>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={text.sentTitle(email)}>
      <p className="text-muted">{text.sent}</p>
      <FormActions>
        <Button onClick={onClose}>{uiText.done}</Button>
      </FormActions>
    </Dialog>
  );
}
