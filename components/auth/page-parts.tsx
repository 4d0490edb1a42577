import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button.tsx";
import { authText } from "./text.ts";

/** The heading of a page before sign-in, and an explanation. */
export function AuthTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid gap-1">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {children ? <div className="text-muted">{children}</div> : null}
    </div>
  );
}

/** An error that led to this page. */
export function AuthError({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="flex gap-2 rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <span>{children}</span>
    </p>
  );
}

/** A one-time link that is no longer valid, and what to do. */
export function InvalidLink({ children }: { children: ReactNode }) {
  return (
    <>
      <AuthTitle title={authText.invalidLink.title}>{children}</AuthTitle>
      <ButtonLink href="/sign-in">{authText.invalidLink.action}</ButtonLink>
    </>
  );
}
