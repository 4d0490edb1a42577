import { CORE_SCHEMA, load, mergeTag, YAMLException } from "js-yaml";
import { sanitize } from "#core/sanitize.ts";
import { duplicateNameMessage, invalidDocument, MAX_DEPTH, tooDeep } from "./invalid-document.ts";

/** How many keys merges (`<<`) may copy: far more than hand-written documents need. */
const MAX_MERGED_KEYS = 1_000_000;

/** YAML 1.2 with the merge keys of YAML 1.1. Dates stay strings. */
const SCHEMA = CORE_SCHEMA.withTags([mergeTag]);

/**
 * Parses YAML text. Aliases share the object that they refer to. Throws `invalid` with the line of the first error.
 */
export function readYaml(text: string): unknown {
  try {
    return load(text, { schema: SCHEMA, maxDepth: MAX_DEPTH, maxTotalMergeKeys: MAX_MERGED_KEYS });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    if (!(error instanceof YAMLException)) throw error;
    throw yamlError(error, text);
  }
}

function yamlError({ reason, mark }: YAMLException, text: string): Error {
  if (/nesting|depth/i.test(reason)) return tooDeep();
  if (!mark) return invalidDocument(sentence(reason));
  const line = mark.line + 1;
  if (reason === "duplicated mapping key") {
    const rest = (text.split("\n", line)[mark.line] ?? "").slice(mark.column);
    const [, key = ""] = /^["']?(.*?)["']?\s*:(?:\s|$)/.exec(rest) ?? [];
    return invalidDocument(`Line ${line}: ${duplicateNameMessage(key)}`);
  }
  return invalidDocument(`Line ${line}: ${sentence(reason)}`);
}

function sentence(reason: string): string {
  const [first = ""] = reason.split("\n");
  return `${first.charAt(0).toUpperCase()}${sanitize(first.slice(1), 300)}${/[.!?]$/.test(first) ? "" : "."}`;
}
