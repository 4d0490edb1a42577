const ROUND = [1, 2, 2.5, 5, 10];
/** Lines of the grid above zero, at most. */
const LINES = 4;

/** Where the lines of a count's axis stand: from 0 to at least `most`, at round whole numbers. */
export function countTicks(most: number): number[] {
  const rough = Math.max(1, most / LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    ROUND.map((round) => round * power).find((each) => each >= rough && Number.isInteger(each)) ?? rough;
  const lines = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: lines + 1 }, (_, index) => index * step);
}
