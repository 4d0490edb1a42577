/**
 * Whether a text matches a pattern in which `*` matches any characters and `?` exactly one. Not a regular expression, so
 * that no pattern is slow: at most as many steps as the product of both lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const [wanted, given] = [[...pattern], [...text]];
  let [at, from] = [0, 0];
  /** The last star, and where the text behind it begins. */
  let star: { at: number; from: number } | null = null;
  while (from < given.length) {
    if (wanted[at] === "*") {
      star = { at, from };
      at++;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === given[from])) {
      at++;
      from++;
    } else if (star) {
      star.from++;
      at = star.at + 1;
      from = star.from;
    } else return false;
  }
  while (wanted[at] === "*") at++;
  return at === wanted.length;
}
