/** Margins of the bars inside the plot, in px, so that overlays need no measuring. */
export const PLOT = { height: 280, top: 8, left: 44, bottom: 28 };

const ROUND = [1, 2, 2.5, 5, 10];
/** Lines of the grid above zero. */
const MAX_LINES = 4;

/** The ticks of an axis of counts: from 0 to at least `max`, at round whole numbers. */
export function countTicks(max: number): number[] {
  const rough = Math.max(1, max / MAX_LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    ROUND.map((round) => round * power).find((each) => each >= rough && Number.isInteger(each)) ?? rough;
  const lines = Math.max(1, Math.ceil(max / step));
  return Array.from({ length: lines + 1 }, (_, index) => index * step);
}
