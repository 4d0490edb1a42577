/** The look of what is typed or chosen in; at least 16 px on a phone, or it zooms into the field. */
export const INPUT_CLASS =
  "w-full rounded border border-edge bg-surface px-2.5 text-base text-ink transition-colors " +
  "hover:border-muted disabled:opacity-55 data-invalid:border-bad aria-invalid:border-bad " +
  "focus-visible:outline-offset-0 max-sm:text-lg";

export const SELECT_CLASS = `${INPUT_CLASS} select-styled h-9 appearance-none truncate pr-8 leading-normal`;
