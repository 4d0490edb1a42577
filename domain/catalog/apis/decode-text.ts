import { invalidDocument } from "./invalid-document.ts";

/** Decodes a file: UTF-8, or UTF-16 with or without a byte order mark. Throws `invalid` for anything else. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b)
    throw invalidDocument("This is a ZIP archive. Unpack it and choose the document.");
  if (first === 0x1f && second === 0x8b)
    throw invalidDocument("This file is compressed with gzip. Unpack it first.");
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw invalidDocument("The file is not UTF-8 or UTF-16 text. Save it as UTF-8 and choose it again.");
  }
}

/** Every OpenAPI document begins with ASCII, so the position of zero bytes identifies UTF-16. */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}
