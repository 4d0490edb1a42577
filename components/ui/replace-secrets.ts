const SECRET =
  /\b([a-z][a-z0-9]{1,11}_(?:live|test|svc|mgt|scim)_)([0-9A-Za-z]{4})[0-9A-Za-z]{28}([0-9A-Za-z]{4})\b/g;

/** Text that may be a token of another system: characters of tokens without a break. */
const UNBROKEN = /[0-9A-Za-z_~+/=.-]{20,}/g;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Parts of texts that people write: a word, a number, or a word and a number. */
const WORD = /^(?:[A-Z]?[a-z]{0,15}|[A-Z]{1,15})\d{0,8}$/;
const SECRET_WORD = /(?:^|[_.-])(?:live|test|prod|sk|pk|rk|key|secret|token|pat|api|apikey)[_.-]/i;
/** Ids of most systems have fewer random characters. Those of this deployment have 22. */
const LONG = 30;
/** After a word such as `live`. */
const LONG_AFTER_WORD = 16;
const OWN_ID = /^[a-z]{3}_[0-9A-Za-z]{22}$/;

/**
 * Search text with tokens replaced by their hints. People paste a token to find its key: the hint finds it, and the
 * token never leaves the browser. Of a text that looks like a token of another system, the end of the hint remains.
 */
export function replaceSecrets(typed: string): string {
  return typed
    .replace(SECRET, "$1$2…$3")
    .replace(UNBROKEN, (text) => (looksRandom(text) ? `…${text.slice(-4)}` : text));
}

function looksRandom(text: string): boolean {
  if (UUID.test(text) || OWN_ID.test(text)) return false;
  const parts = text.split(/[^0-9A-Za-z]+/).filter((part) => !WORD.test(part));
  const random = parts.join("");
  if (!/\d/.test(random) || !/[A-Za-z]/.test(random)) return false;
  return random.length >= (SECRET_WORD.test(text) ? LONG_AFTER_WORD : LONG);
}
