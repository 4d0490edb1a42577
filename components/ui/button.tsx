import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, Ref } from "react";
import { Link } from "./link.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "md" | "sm" | "icon";

const VARIANT: Record<ButtonVariant, string> = {
  primary:
    "bg-accent-fill text-accent-ink border-accent-fill hover:bg-accent-fill-hover hover:border-accent-fill-hover",
  secondary: "bg-surface text-ink border-border hover:bg-hover hover:border-edge",
  ghost: "bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-bad-fill text-bad-ink border-bad-fill hover:bg-bad-fill-hover hover:border-bad-fill-hover",
};

/** On a phone, main actions are 44 px high and the others at least 36. */
const SIZE: Record<ButtonSize, string> = {
  md: "h-9 max-sm:h-11 px-3 text-base gap-2",
  sm: "h-8 max-sm:h-9 px-2.5 text-sm gap-1.5",
  icon: "size-8 max-sm:size-9 justify-center",
};

interface Look {
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** The classes of a button, for other elements that must look like one. */
export function buttonClass({ variant = "secondary", size = "md" }: Look = {}, className?: string): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center rounded border font-medium whitespace-nowrap select-none print:hidden",
    "transition-colors disabled:pointer-events-none aria-disabled:pointer-events-none disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    VARIANT[variant],
    SIZE[size],
    className,
  );
}

interface ButtonProps extends ComponentProps<"button">, Look {
  /** The action is running: the button can't be pressed again, and keeps its width. */
  pending?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  variant,
  size,
  pending,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : rest.onClick}
      className={buttonClass({ variant, size }, className)}
    >
      {pending ? (
        <span className="relative grid">
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
          <LoaderCircle aria-hidden className="absolute inset-0 m-auto animate-spin" />
        </span>
      ) : (
        children
      )}
    </button>
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & Look;

/** A link that looks like a button, for the main action of a page. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={buttonClass({ variant, size }, className)} />;
}
