/** The text without its percent-escapes; null if these are not UTF-8. */
export function decodeUri(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
