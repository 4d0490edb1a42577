interface Version {
  version: number;
  /** ISO 8601. */
  appliesAt: string;
}

/** The versions that never take effect, because a later one applies as early. Versions are given newest first. */
export function replacedVersions(versions: readonly Version[]): Set<number> {
  const replaced = new Set<number>();
  let earliest = Number.POSITIVE_INFINITY;
  for (const { version, appliesAt } of versions) {
    const at = Date.parse(appliesAt);
    if (at >= earliest) replaced.add(version);
    earliest = Math.min(earliest, at);
  }
  return replaced;
}
