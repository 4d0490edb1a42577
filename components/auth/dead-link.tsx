import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button.tsx";
import { AuthTitle } from "./auth-title.tsx";

/** A one-time link that leads nowhere any more, and what to do about it. */
export function DeadLink({ children }: { children: ReactNode }) {
  return (
    <>
      <AuthTitle title="This link no longer works">{children}</AuthTitle>
      <ButtonLink href="/sign-in">To sign-in</ButtonLink>
    </>
  );
}
