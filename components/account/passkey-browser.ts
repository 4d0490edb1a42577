import { useSyncExternalStore } from "react";
import type { PasskeyRequest } from "#domain/access/accounts/factors/passkey-check.ts";
import type { NewPasskeyAnswer, PasskeyAnswer } from "#domain/access/accounts/factors/passkey-schema.ts";
import type { PasskeySetup } from "#domain/access/accounts/factors/passkeys.ts";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import { callAction } from "../ui/attempt.tsx";
import { passkeyText as text } from "./passkey-text.ts";

const never = () => () => {};

/** Whether this browser can use passkeys here. False on the server, so that buttons appear only where they work. */
export function usePasskeySupport(): boolean {
  return useSyncExternalStore(
    never,
    () => typeof window.PublicKeyCredential === "function",
    () => false,
  );
}

// The library is loaded when it is needed, so that no page carries it.
const load = () => import("@simplewebauthn/browser");

/** An answer, and the sealed challenge that it belongs to. */
export interface Answered<Answer> {
  challenge: string;
  answer: Answer;
}

type Library = Awaited<ReturnType<typeof load>>;

/** Starts on the server, asks the browser with `ask`, and sends its answer with `finish`. */
async function askBrowser<Options, Answer, Value>(
  start: () => Promise<ActionResult<{ options: Options; challenge: string }>>,
  ask: (library: Library, options: Options) => Promise<Answer>,
  finish: (answered: Answered<Answer>) => Promise<ActionResult<Value>>,
  messageFor: (error: unknown, options: Options) => string,
): Promise<ActionResult<Value>> {
  const started = await callAction(start);
  if (!started.ok) return started;
  const { options, challenge } = started.value;
  const library = await load().catch(() => null);
  if (library === null) return failure(text.notLoaded);
  try {
    const answer = await ask(library, options);
    return await callAction(() => finish({ challenge, answer }));
  } catch (error) {
    return failure(messageFor(error, options));
  }
}

/** Asks the browser for a passkey, and sends its answer with `finish`. */
export function withPasskey<Value>(
  start: () => Promise<ActionResult<PasskeyRequest>>,
  finish: (answered: Answered<PasskeyAnswer>) => Promise<ActionResult<Value>>,
): Promise<ActionResult<Value>> {
  return askBrowser(
    start,
    async (library, options): Promise<PasskeyAnswer> => {
      const answer = await library.startAuthentication({ optionsJSON: options });
      return { ...answer, type: "public-key" };
    },
    finish,
    (error, { rpId = "" }) => messageOf(error, rpId) ?? text.notUsed,
  );
}

/** Asks the browser for a new passkey, and sends its answer with `finish`. */
export function createPasskey<Value>(
  start: () => Promise<ActionResult<PasskeySetup>>,
  finish: (answered: Answered<NewPasskeyAnswer>) => Promise<ActionResult<Value>>,
): Promise<ActionResult<Value>> {
  return askBrowser(
    start,
    async (library, options): Promise<NewPasskeyAnswer> => {
      const { response, ...rest } = await library.startRegistration({ optionsJSON: options });
      const { clientDataJSON, attestationObject, transports = [] } = response;
      return {
        ...rest,
        type: "public-key",
        response: { clientDataJSON, attestationObject, transports },
      };
    },
    finish,
    (error, { rp }) => messageOf(error, rp.id ?? "") ?? text.notCreated,
  );
}

/** What the user can do about an error of the browser; null for anything else, such as pressing "Cancel". */
function messageOf(error: unknown, host: string): string | null {
  // The library's error has the name of the browser's, or names it as its cause.
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return text.exists;
  if (name === "ConstraintError" || name === "NotSupportedError") return text.unsupported;
  return name === "SecurityError" ? text.wrongHost(host) : null;
}

function failure(message: string): ActionFailure {
  return { ok: false, code: "invalid", message, errors: [] };
}
