import { VERDICT_CODES } from "#core/verdict.ts";
import { defineUrlState, oneOf, text, type UrlStateOf } from "../ui/url-state.ts";

/** Without control characters, which databases may reject. */
const plain = (value: string) => (/^\P{Cc}{1,200}$/u.test(value) && value.isWellFormed() ? value : undefined);

/** What the list of requests shows. */
export const REQUEST_LIST = defineUrlState({
  outcome: oneOf(["allowed", "denied"]),
  code: oneOf(VERDICT_CODES),
  key: text(/^[\w-]{1,200}$/),
  api: text(/^[a-z][a-z0-9-]{0,49}$/),
  operation: plain,
  request: text(/^[\w.-]{1,100}$/),
  cursor: text(),
});
export type RequestState = UrlStateOf<typeof REQUEST_LIST>;
