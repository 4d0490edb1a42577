import { CORE_SCHEMA, load, mergeTag, YAMLException } from "js-yaml";
import { MAX_DEPTH, tooDeep, twice, unreadable } from "./unreadable.ts";

/** Keys that merges (`<<`) copy: far more than documents need that people write. */
const MAX_MERGED_KEYS = 1_000_000;

/** YAML 1.2 with the merge keys of YAML 1.1. A date stays the text that it is. */
const SCHEMA = CORE_SCHEMA.withTags([mergeTag]);

/** Reads YAML text. Aliases share what they refer to. Throws `invalid` with the line of the first fault. */
export function readYaml(text: string): unknown {
  try {
    return load(text, { schema: SCHEMA, maxDepth: MAX_DEPTH, maxTotalMergeKeys: MAX_MERGED_KEYS });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    if (!(error instanceof YAMLException)) throw error;
    throw faultOf(error, text);
  }
}

function faultOf({ reason, mark }: YAMLException, text: string): Error {
  if (/nesting|depth/i.test(reason)) return tooDeep();
  if (!mark) return unreadable(sentence(reason));
  const line = mark.line + 1;
  if (reason === "duplicated mapping key") {
    const rest = (text.split("\n", line)[mark.line] ?? "").slice(mark.column);
    const [, key = ""] = /^["']?(.*?)["']?\s*:(?:\s|$)/.exec(rest) ?? [];
    return unreadable(`Line ${line}: ${twice(key)}`);
  }
  return unreadable(`Line ${line}: ${sentence(reason)}`);
}

function sentence(reason: string): string {
  const [first = ""] = reason.split("\n");
  return `${first.charAt(0).toUpperCase()}${first.slice(1, 300)}${/[.!?]$/.test(first) ? "" : "."}`;
}
