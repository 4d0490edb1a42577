import type { ReferenceParameter } from "./parameters.ts";
import type { KeyLocation } from "./security.ts";

/** An example request of an operation, without the key. */
export interface ExampleRequest {
  method: string;
  /** With the path's parameters filled in where the document has examples, and as `{name}` elsewhere. */
  url: string;
  key: KeyLocation;
  headers: [name: string, value: string][];
  body: { mediaType: string; text: string } | null;
}

interface SampleParts {
  method: string;
  path: string;
  server: string | null;
  key: KeyLocation;
  parameters: readonly ReferenceParameter[];
  /** The first body that the operation takes. */
  media: { mediaType: string; example: string | null } | null;
}

/** The server of a sample if the document names none. */
const NO_SERVER = "https://api.example.com";

/** A request with the required parameters, those of the path, and the example body. */
export function sampleRequest({ method, path, server, key, parameters, media }: SampleParts): ExampleRequest {
  const needed = parameters.filter(({ required }) => required);
  const headers = needed
    .filter((each) => each.in === "header" && each.name.toLowerCase() !== key.name.toLowerCase())
    .map(({ name, example }): [string, string] => [name, example ?? `{${name}}`]);
  return {
    method,
    url: `${server ?? NO_SERVER}${filledPath(path, needed)}${queryOf(needed, key)}`,
    key,
    headers,
    body: media === null ? null : { mediaType: media.mediaType, text: media.example ?? "" },
  };
}

function filledPath(path: string, parameters: readonly ReferenceParameter[]): string {
  const examples = new Map(
    parameters.filter((each) => each.in === "path").map(({ name, example }) => [name, example]),
  );
  return path.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const example = examples.get(name);
    return example === null || example === undefined ? whole : encodeURIComponent(example.toWellFormed());
  });
}

function queryOf(parameters: readonly ReferenceParameter[], key: KeyLocation): string {
  const pairs = parameters
    .filter((each) => each.in === "query" && !(key.in === "query" && each.name === key.name))
    .map(({ name, example }) => `${encode(name)}=${example === null ? `{${name}}` : encode(example)}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
