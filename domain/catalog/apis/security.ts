import {
  isScopeName,
  MAX_ALTERNATIVES,
  MAX_API_SCOPES,
  MAX_REQUIRED_LENGTH,
  normalizeRequired,
} from "#core/api-scopes/required.ts";
import { formatNumber } from "#core/format.ts";
import { cleanLines, truncate } from "#core/text.ts";
import { documentError } from "./invalid-document.ts";
import { toObject } from "./read-json.ts";
import { resolve } from "./references.ts";
import type { DeclaredScope } from "./schema.ts";

/** Types of security schemes whose lists are scopes in every version. Those of others are roles since OpenAPI 3.1. */
const WITH_SCOPES: ReadonlySet<unknown> = new Set(["oauth2", "openIdConnect"]);

/** Called with a reason, as a sentence about several locations, and one of the locations. */
export type Remark = (reason: string, location: string) => void;

/**
 * Reads the security requirements of a document (OpenAPI 3.1, sections 4.8.27 and 4.8.30): a request must meet one of a
 * list, with all scopes of all of its schemes. An empty requirement or an empty list needs nothing, and the list of an
 * operation replaces that of the document.
 */
export class SecurityReader {
  readonly #document: Record<string, unknown>;
  readonly #remark: Remark;
  /** Type of each declared scheme; null if it can't be read. */
  readonly #types = new Map<string, unknown>();
  readonly #declared = new Map<string, DeclaredScope>();
  readonly #required = new Set<string>();
  readonly #isBefore31: boolean;
  #ofDocument: string[][] | null | undefined;

  constructor(document: Record<string, unknown>, remark: Remark) {
    this.#document = document;
    this.#remark = remark;
    this.#isBefore31 = /^3(\.0|$)/.test(String(document.openapi));
    const schemes = toObject(toObject(document.components)?.securitySchemes) ?? {};
    for (const [name, given] of Object.entries(schemes)) this.#readScheme(name, given);
  }

  /** The scopes that a call of an operation needs: all of one of these lists. Null if it needs none. */
  requiredBy(operation: Record<string, unknown>, location: string): string[][] | null {
    if (operation.security !== undefined) return this.#read(operation.security, location);
    this.#ofDocument =
      this.#ofDocument === undefined ? this.#read(this.#document.security, "security") : this.#ofDocument;
    return this.#ofDocument;
  }

  /** The declared scopes, and those that an operation needs without a declaration. Sorted by name. */
  scopes(): DeclaredScope[] {
    for (const name of this.#required) {
      if (!this.#declared.has(name)) this.#declared.set(name, { name, description: "" });
    }
    const all = [...this.#declared.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (all.length <= MAX_API_SCOPES) return all;
    if (this.#required.size > MAX_API_SCOPES) {
      const message = `Its operations need ${formatNumber(this.#required.size)} scopes; at most ${MAX_API_SCOPES}. Split it into several APIs, for example with “npx @redocly/cli split”.`;
      throw documentError([{ path: "openapi.components.securitySchemes", message }]);
    }
    let remaining = MAX_API_SCOPES - this.#required.size;
    return all.filter(({ name }) => {
      const isKept = this.#required.has(name) || remaining-- > 0;
      if (!isKept) this.#remark("scopes that no operation needs were left out", name);
      return isKept;
    });
  }

  #readScheme(name: string, given: unknown): void {
    const object = toObject(given);
    const resolved = object && resolve(this.#document, object);
    const scheme = resolved?.kind === "found" ? resolved.value : null;
    this.#types.set(name, scheme?.type ?? null);
    if (scheme?.type !== "oauth2") return;
    for (const flow of Object.values(toObject(scheme.flows) ?? {})) {
      for (const [scope, description] of Object.entries(toObject(toObject(flow)?.scopes) ?? {})) {
        if (!isScopeName(scope))
          this.#remark("scopes have names that OAuth does not allow", truncate(scope, 40));
        else if (!this.#declared.get(scope)?.description) {
          const text = typeof description === "string" ? truncate(cleanLines(description), 500) : "";
          this.#declared.set(scope, { name: scope, description: text });
        }
      }
    }
  }

  #read(security: unknown, location: string): string[][] | null {
    if (security === undefined) return null;
    if (Array.isArray(security) && security.length === 0) return null;
    const given: unknown[] = Array.isArray(security) ? security : [];
    const read = given.map((requirement) => this.#readRequirement(requirement, location));
    const alternatives = normalizeRequired(read.filter((scopes) => scopes !== null));
    if (alternatives === null) return null;
    const isBounded =
      alternatives.length <= MAX_ALTERNATIVES && JSON.stringify(alternatives).length <= MAX_REQUIRED_LENGTH;
    // A requirement that can't be read must not become none: then every key could call the operation.
    if (alternatives.length === 0 || !isBounded) {
      this.#remark(
        "security requirements can't be read, so keys that are limited to scopes may not call their operations",
        location,
      );
      return [];
    }
    for (const scope of alternatives.flat()) this.#required.add(scope);
    return alternatives;
  }

  /** The scopes of one requirement; null if it can't be read. */
  #readRequirement(requirement: unknown, location: string): string[] | null {
    const schemes = toObject(requirement);
    if (schemes === null) return null;
    const scopes: string[] = [];
    for (const [scheme, names] of Object.entries(schemes)) {
      if (!Array.isArray(names) || !names.every((name) => typeof name === "string" && isScopeName(name))) {
        return null;
      }
      if (names.length > 0 && this.#isBefore31 && !WITH_SCOPES.has(this.#types.get(scheme) ?? null)) {
        this.#remark(
          "security requirements name scopes of a scheme that has none before OpenAPI 3.1. They are required anyway",
          location,
        );
      }
      scopes.push(...names);
    }
    return scopes;
  }
}
