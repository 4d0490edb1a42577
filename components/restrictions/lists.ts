/** The lists of rows in a draft. Operations have one list for each API: `op:badges`. */
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.rows;
export const ROW_LISTS = ["ips", "referrers", "android", "ios"] as const;
export type RowList = (typeof ROW_LISTS)[number] | `op:${string}`;

/** The typed texts of a row: one, or package and certificate of an Android app. */
export type Fields = readonly string[];

/** The fields of a list's rows. */
export interface RowShape {
  /** The label of each field; a row has as many. */
  fields: readonly { label: string; placeholder: string }[];
  /** "Add IP address". */
  add: string;
}

const SHAPES: Record<(typeof ROW_LISTS)[number], RowShape> = {
  ips: {
    fields: [{ label: TEXT.ip, placeholder: "198.51.100.0/24" }],
    add: TEXT.addIp,
  },
  referrers: { fields: [{ label: TEXT.website, placeholder: "*.example.com" }], add: TEXT.addWebsite },
  android: {
    fields: [
      { label: TEXT.androidPackage, placeholder: "com.example.app" },
      { label: TEXT.androidCertificate, placeholder: "DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:…" },
    ],
    add: TEXT.addAndroid,
  },
  ios: { fields: [{ label: TEXT.iosBundle, placeholder: "com.example.app" }], add: TEXT.addIos },
};

const OPERATION: RowShape = {
  fields: [{ label: TEXT.operation, placeholder: "badges.*" }],
  add: TEXT.addPrefix,
};

export function shapeOf(list: RowList): RowShape {
  return isOperations(list) ? OPERATION : SHAPES[list];
}

export function isOperations(list: RowList): list is `op:${string}` {
  return list.startsWith("op:");
}

export function operationsOf(api: string): `op:${string}` {
  return `op:${api}`;
}

export function trimmed(fields: Fields): string[] {
  return fields.map((field) => field.trim());
}

export function isBlank(fields: Fields): boolean {
  return fields.every((field) => field.trim() === "");
}

/** The fields of an entry that is written on one line: `com.example.app@da39…`. */
export function fieldsOf(list: RowList, text: string): string[] {
  const { length } = shapeOf(list).fields;
  if (length === 1) return [text];
  const at = text.indexOf("@");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
