/** Separate, because only the pages of administrators show it. */
export const unmatchedText = (patterns: readonly string[]) =>
  `No operation of this API matches ${patterns.join(", ")}. Correct the pattern, or add the operation.`;
