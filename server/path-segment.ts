/** A segment of a page's path, which Next passes as it is in the URL. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
