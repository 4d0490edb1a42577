import { toObject } from "./read-json.ts";

const CONVERT_SWAGGER =
  "Convert it to OpenAPI 3 first: “npx swagger2openapi swagger.yaml”, or “Convert to OpenAPI 3” at editor.swagger.io.";
const BY_HAND = "Enter its operations by hand instead.";

/** Formats that are neither JSON nor YAML, by their beginning. */
const TEXTS: readonly [RegExp, string][] = [
  [
    /^<(?:!doctype\s+html|html|head|body)\b/i,
    "This is a web page, perhaps a sign-in page or the documentation. Download the JSON or YAML file itself.",
  ],
  [/^<[?\w]/, `This is XML, such as WSDL or WADL. The portal reads OpenAPI 3. ${BY_HAND}`],
  [
    /^(?:"""[\s\S]*?"""\s*)?(?:extend\s+)?(?:type|schema|enum|input|scalar|interface|union|directive|query|mutation)\b[^:\n]*[{@=]/,
    "This is a GraphQL schema. The portal reads OpenAPI 3: enter an operation such as POST /graphql by hand.",
  ],
  [/^syntax\s*=\s*["']proto/, `This is a Protocol Buffers file. The portal reads OpenAPI 3. ${BY_HAND}`],
  [/^#%RAML/, "This is RAML. Convert it to OpenAPI 3 first, for example with “npx oas-raml-converter”."],
  [
    /^FORMAT:\s*1A/,
    "This is API Blueprint. Convert it to OpenAPI 3 first, for example with “npx apib2swagger”.",
  ],
];

/** Names the format of a known document type other than OpenAPI and says what to do; otherwise null. */
export function otherTextFormat(text: string): string | null {
  const start = text.slice(0, 4_000).replace(/^(?:\s|#(?!%)[^\n]*\n)+/, "");
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}

/** The same for a parsed document. */
export function otherDocumentFormat(document: Record<string, unknown>): string | null {
  if ("swagger" in document || "swaggerVersion" in document) {
    return `This is a Swagger ${String(document.swagger ?? document.swaggerVersion).slice(0, 10)} document. ${CONVERT_SWAGGER}`;
  }
  if ("asyncapi" in document) {
    return `This is an AsyncAPI document, which describes messages, not HTTP calls. ${BY_HAND}`;
  }
  if ("__schema" in document || toObject(document.data)?.__schema !== undefined) {
    return "This is a GraphQL introspection result. Enter an operation such as POST /graphql by hand.";
  }
  if (toObject(document.info)?._postman_id !== undefined || "collection" in document) {
    return "This is a Postman collection. Convert it first, for example with “npx postman-to-openapi”.";
  }
  if (document.kind === "discovery#restDescription") {
    return "This is a Google API discovery document. Convert it first, for example with “npx google-discovery-to-swagger”.";
  }
  if ("arazzo" in document)
    return "This is an Arazzo document. Choose the OpenAPI document that it refers to.";
  return null;
}
