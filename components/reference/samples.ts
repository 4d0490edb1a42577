import type { ExampleRequest } from "#domain/catalog/reference/sample.ts";

/** A language that examples are shown in. */
export const LANGUAGES = [
  { id: "curl", label: "curl" },
  { id: "typescript", label: "TypeScript" },
  { id: "python", label: "Python" },
  { id: "go", label: "Go" },
] as const;
export type Language = (typeof LANGUAGES)[number]["id"];

/** The language in a page's URL; curl if it names none. */
export function languageOf(value: string | null): Language {
  return LANGUAGES.find(({ id }) => id === value)?.id ?? "curl";
}

/** The request as code. The key comes from the environment variable `API_KEY`. */
export function sampleCode(sample: ExampleRequest, language: Language): string {
  switch (language) {
    case "curl":
      return curl(sample);
    case "typescript":
      return typescript(sample);
    case "python":
      return python(sample);
    case "go":
      return go(sample);
  }
}

/** The headers besides the key's, in order. */
function headersOf({ headers, body }: ExampleRequest): [string, string][] {
  return body === null || body.text === "" ? headers : [...headers, ["Content-Type", body.mediaType]];
}

/** The URL before and after the key, if the key is a query parameter. */
function urlWithKey({ url, key }: ExampleRequest): string {
  if (key.in !== "query") return url;
  return `${url}${url.includes("?") ? "&" : "?"}${encodeURIComponent(key.name.toWellFormed())}=`;
}

const isJson = (mediaType: string) => /[/+]json\b/i.test(mediaType);

/** A body that is JSON, parsed; undefined for any other. */
function jsonOf(body: ExampleRequest["body"]): unknown {
  if (body === null || body.text === "" || !isJson(body.mediaType)) return undefined;
  try {
    return JSON.parse(body.text);
  } catch {
    return undefined;
  }
}

/** One word for a POSIX shell. */
function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The request for a shell, with the secret instead of the variable. A secret has only letters, digits and `_`. */
export function curlWithSecret(sample: ExampleRequest, secret: string): string {
  return curl(sample, secret);
}

function curl(sample: ExampleRequest, keyText = "$API_KEY"): string {
  const { method, key, body } = sample;
  const url = shell(urlWithKey(sample));
  // In double quotes, so that the shell inserts the variable: everything else in them is escaped.
  const keyHeader = `"${`${key.name}: ${key.prefix}`.replaceAll(/[\\"$`]/g, "\\$&")}${keyText}"`;
  const parts = [
    method === "GET" ? `curl ${key.in === "query" ? `${url}"${keyText}"` : url}` : null,
    method === "GET" ? null : `curl -X ${method} ${key.in === "query" ? `${url}"${keyText}"` : url}`,
    key.in === "header" ? `-H ${keyHeader}` : null,
    ...headersOf(sample).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    body !== null && body.text !== "" ? `--data ${shell(body.text)}` : null,
  ];
  return parts.filter((part) => part !== null).join(" \\\n  ");
}

/** A text literal of TypeScript, Python and Go alike. */
function literal(text: string): string {
  // Python and Go know no escape for half a surrogate pair, and U+2028 ends a line in some tools.
  return JSON.stringify(text.toWellFormed()).replaceAll(/[\u2028\u2029\u007f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function indent(text: string, by: string): string {
  return text.replaceAll("\n", `\n${by}`);
}

function typescript(sample: ExampleRequest): string {
  const { method, key, body } = sample;
  const url = literal(urlWithKey(sample));
  const keyValue =
    key.prefix === "" ? 'process.env.API_KEY ?? ""' : `\`${key.prefix}\${process.env.API_KEY}\``;
  const headers = [
    ...(key.in === "header" ? [`    ${literal(key.name)}: ${keyValue},`] : []),
    ...headersOf(sample).map(([name, value]) => `    ${literal(name)}: ${literal(value)},`),
  ];
  const json = jsonOf(body);
  const bodyLine =
    json !== undefined
      ? [`  body: JSON.stringify(${indent(JSON.stringify(json, null, 2), "  ")}),`]
      : body !== null && body.text !== ""
        ? [`  body: ${literal(body.text)},`]
        : [];
  return [
    `const response = await fetch(${url}${key.in === "query" ? " + process.env.API_KEY" : ""}, {`,
    `  method: ${literal(method)},`,
    ...(headers.length > 0 ? ["  headers: {", ...headers, "  },"] : []),
    ...bodyLine,
    "});",
    "console.log(response.status, await response.text());",
  ].join("\n");
}

function python(sample: ExampleRequest): string {
  const { method, key, body } = sample;
  const keyValue = `os.environ["API_KEY"]`;
  const headers = [
    ...(key.in === "header"
      ? [
          `        ${literal(key.name)}: ${key.prefix === "" ? keyValue : `${literal(key.prefix)} + ${keyValue}`},`,
        ]
      : []),
    ...headersOf(sample).map(([name, value]) => `        ${literal(name)}: ${literal(value)},`),
  ];
  const json = jsonOf(body);
  const bodyLine =
    json !== undefined
      ? [`    json=${indent(pythonValue(json, ""), "    ")},`]
      : body !== null && body.text !== ""
        ? [`    data=${literal(body.text)}.encode(),`]
        : [];
  return [
    "import os",
    "",
    "import requests",
    "",
    "response = requests.request(",
    `    ${literal(method)},`,
    `    ${literal(urlWithKey(sample))}${key.in === "query" ? ` + ${keyValue}` : ""},`,
    ...(headers.length > 0 ? ["    headers={", ...headers, "    },"] : []),
    ...bodyLine,
    "    timeout=10,",
    ")",
    "response.raise_for_status()",
    "print(response.text)",
  ].join("\n");
}

function pythonValue(value: unknown, by: string): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return literal(value);
  if (typeof value !== "object") return String(value);
  const inner = `${by}    `;
  const lines = Array.isArray(value)
    ? value.map((each) => `${inner}${pythonValue(each, inner)},`)
    : Object.entries(value).map(([name, each]) => `${inner}${literal(name)}: ${pythonValue(each, inner)},`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return lines.length === 0 ? `${open}${close}` : [open, ...lines, `${by}${close}`].join("\n");
}

function go(sample: ExampleRequest): string {
  const { method, key, body } = sample;
  const hasBody = body !== null && body.text !== "";
  const url = `${literal(urlWithKey(sample))}${key.in === "query" ? ` + os.Getenv("API_KEY")` : ""}`;
  const keyValue = `${key.prefix === "" ? "" : `${literal(key.prefix)} + `}os.Getenv("API_KEY")`;
  return [
    "package main",
    "",
    "import (",
    ...["fmt", "io", "log", "net/http", "os", ...(hasBody ? ["strings"] : [])].map((name) => `\t"${name}"`),
    ")",
    "",
    "func main() {",
    ...(hasBody ? [`\tbody := strings.NewReader(${goText(body.text)})`] : []),
    `\treq, err := http.NewRequest(${literal(method)}, ${url}, ${hasBody ? "body" : "nil"})`,
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    ...(key.in === "header" ? [`\treq.Header.Set(${literal(key.name)}, ${keyValue})`] : []),
    ...headersOf(sample).map(([name, value]) => `\treq.Header.Set(${literal(name)}, ${literal(value)})`),
    "\tres, err := http.DefaultClient.Do(req)",
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    "\tdefer res.Body.Close()",
    "\tanswer, err := io.ReadAll(res.Body)",
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    "\tfmt.Println(res.Status, string(answer))",
    "}",
  ].join("\n");
}

/** A raw string of Go, unless the text contains what such a string can't. */
function goText(text: string): string {
  return /[`\r\uFEFF\0]/.test(text) || !text.isWellFormed() ? literal(text) : `\`${text}\``;
}
