/**
 * The file that was just chosen, or null. The input forgets it, because browsers report no change when the same file is
 * chosen again, and it may have been edited or been too large.
 */
export function takeFile(input: { files: ArrayLike<File> | null; value: string }): File | null {
  const file = input.files?.[0] ?? null;
  input.value = "";
  return file;
}
