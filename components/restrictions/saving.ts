/** One chunk for both: what a draft would have done, and the buttons that make it real. */
export { DryRunView } from "./dry-run.tsx";
export { SaveBar } from "./save-bar.tsx";
