import { type ComponentProps, createElement } from "react";

/** The part of Lucide's data of an icon that is drawn. */
interface IconData {
  node: [tag: string, attributes: Record<string, string>][];
}

/**
 * In the portal's build, Lucide's icons are created by this function instead of Lucide's own (`next.config.mjs`). They look
 * the same but read no context, so they need no script in the browser where the server renders them. Lucide's are
 * client components, and would add 1.3 kB (gzip) to every page.
 */
export default function createLucideIcon({ node }: IconData) {
  return (props: ComponentProps<"svg">) =>
    createElement(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width: 24,
        height: 24,
        viewBox: "0 0 24 24",
        fill: "none",
        stroke: "currentColor",
        strokeWidth: 2,
        strokeLinecap: "round",
        strokeLinejoin: "round",
        "aria-hidden": "aria-label" in props ? undefined : true,
        ...props,
      },
      ...node.map(([tag, attributes]) => createElement(tag, attributes)),
    );
}
