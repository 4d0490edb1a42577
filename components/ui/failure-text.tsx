import type { ActionFailure } from "#domain/errors.ts";
import { uiText } from "./text.ts";

/** Opens the sign-in in another tab, so that this page keeps its input. */
export function SignInAgain() {
  return (
    <span className="block">
      <a href="/sign-in" target="_blank" rel="noreferrer" className="font-medium underline">
        {uiText.signInAgain}
      </a>
      {uiText.signInAgainDetail}
    </span>
  );
}

/** The message of a failed action, with a link to sign in if the session has ended. For pages of signed-in users. */
export function FailureText({ code, message }: Pick<ActionFailure, "code" | "message">) {
  return (
    <>
      {message}
      {code === "unauthenticated" ? <SignInAgain /> : null}
    </>
  );
}
