import { ArrowUp, Bell, CircleAlert, Search } from "lucide-react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import createLucideIcon from "./lucide-icon.ts";

test.each([ArrowUp, Bell, CircleAlert, Search])(
  "draws an icon as Lucide's own component does",
  async (Icon) => {
    const theirs = renderToStaticMarkup(createElement(Icon, { "aria-hidden": true, className: "size-4" }));
    const [, name = ""] = /class="lucide lucide-([a-z-]+)/.exec(theirs) ?? [];
    // Its types declare the component only.
    const { __iconData: data } = (await import(`lucide-react/icons/${name}`)) as {
      __iconData: Parameters<typeof createLucideIcon>[0];
    };
    const ours = createElement(createLucideIcon(data), { className: "size-4" });
    expect(attributesOf(renderToStaticMarkup(ours))).toEqual(
      attributesOf(theirs.replace(/lucide lucide-[a-z- ]+ size-4/, "size-4")),
    );
  },
);

test("an icon with a label is not hidden from screen readers", () => {
  const Dot = createLucideIcon({ node: [["circle", { cx: "12", cy: "12", r: "1" }]] });
  expect(renderToStaticMarkup(createElement(Dot, { "aria-label": "Done" }))).not.toContain("aria-hidden");
});

/** The attributes of each element, whose order has no meaning. */
function attributesOf(html: string): string[][] {
  return [...html.matchAll(/<(\w+)([^>]*?)\/?>/g)].map(([, tag = "", attributes = ""]) => [
    tag,
    ...[...attributes.matchAll(/[\w-]+="[^"]*"/gi)].map(([text]) => text).toSorted(),
  ]);
}
