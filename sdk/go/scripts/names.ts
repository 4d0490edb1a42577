const INITIALISMS = new Set(["api", "id", "ip", "ips", "json", "url", "ios", "csv", "sha1", "ui", "mfa"]);
const UPPER: Record<string, string> = { ips: "IPs", ios: "IOS", apis: "APIs", ids: "IDs", urls: "URLs" };

/** An exported Go name: `projectId` becomes `ProjectID`, `hand-over` becomes `HandOver`. */
export function goName(name: string): string {
  const text = wordsOf(/^[A-Z0-9_]+$/.test(name) ? name.toLowerCase() : name)
    .map(capitalized)
    .join("");
  return /^[A-Z]/.test(text) ? text : `N${text}`;
}

function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
}

/** A Go parameter name: `projectId` becomes `projectID`. */
export function goParameter(name: string): string {
  const text = goName(name);
  return text.replace(/^([A-Z]+(?![a-z])|[A-Z])/, (start) => start.toLowerCase());
}

/** A Go comment that begins with the name that it documents. */
export function goComment(name: string, ...texts: (string | undefined)[]): string {
  const lines = texts.flatMap((text) => (text === undefined ? [] : text.split("\n")));
  return [`// ${name}: ${lines[0] ?? ""}`, ...lines.slice(1).map((line) => `// ${line}`)].join("\n");
}

function capitalized(word: string): string {
  const lower = word.toLowerCase();
  if (lower in UPPER) return UPPER[lower] ?? "";
  if (INITIALISMS.has(lower)) return lower.toUpperCase();
  return word.charAt(0).toUpperCase() + word.slice(1);
}
