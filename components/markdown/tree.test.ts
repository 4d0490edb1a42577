import { expect, test } from "vitest";
import { anchorOf, type MarkdownNode, parseMarkdown, plainText, safeHref } from "./tree.ts";

function all(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  return nodes.flatMap((node) => [node, ...("children" in node ? all(node.children) : [])]);
}

test("headings, lists, tables, code and links are read", () => {
  const nodes = all(
    parseMarkdown(
      "# Start\n\n1. one\n2. *two*\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n```sh\nls\n```\n\n[x](/apis)",
    ),
  );
  const kinds = new Set(nodes.map(({ kind }) => kind));
  for (const kind of ["heading", "list", "item", "emphasis", "table", "cell", "code", "code-block", "link"]) {
    expect(kinds, kind).toContain(kind);
  }
  expect(nodes.find(({ kind }) => kind === "code-block")).toMatchObject({ language: "sh", text: "ls\n" });
});

test("HTML of a text is text, whatever it is", () => {
  const hostile = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><iframe srcdoc='<script>'></iframe>",
    "<style>*{}</style>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
  ];
  for (const source of hostile) {
    const nodes = parseMarkdown(source);
    expect(
      all(nodes).every(({ kind }) => ["paragraph", "text", "link", "fragment"].includes(kind)),
      source,
    ).toBe(true);
    expect(plainText(nodes)).toContain("<");
  }
});

test("links with other schemes, and paths that lead to other sites, have no target", () => {
  const hostile = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil",
    "http://",
    "blob:https://x",
  ];
  for (const href of hostile) {
    expect(safeHref(href), href).toBeNull();
    for (const source of [`[x](<${href}>)`, `<${href}>`, `![x](<${href}>)`, `[x]: <${href}>\n\n[x]`]) {
      const targets = all(parseMarkdown(source)).flatMap((node) =>
        "href" in node && node.href ? [node.href] : [],
      );
      for (const target of targets) expect(target, source).toMatch(/^(https?:\/\/[^/]|mailto:|#|\/[^/\\])/);
    }
  }
  for (const href of [
    "https://example.com/a?b#c",
    "mailto:ada@example.com",
    "#part",
    "/apis/badges/reference",
  ]) {
    expect(safeHref(href)).toBe(href);
  }
});

test("deep nesting and long runs end in time, without a stack overflow", () => {
  for (const source of [
    ">".repeat(20_000),
    "- ".repeat(20_000),
    "[".repeat(50_000),
    "*_".repeat(50_000),
    "![".repeat(20_000),
    "`".repeat(50_000),
    "|a".repeat(20_000),
    "<".repeat(50_000),
    "&".repeat(50_000),
    "http://a".repeat(5_000),
    "x".repeat(1_000_000),
  ]) {
    expect(() => plainText(parseMarkdown(source))).not.toThrow();
  }
});

test("a heading's anchor has its words only", () => {
  const [heading] = parseMarkdown("## Über *die* <b>API</b>!");
  expect(heading && "children" in heading && anchorOf(heading.children)).toBe("u-ber-die-b-api-b");
});

test("levels of headings begin with 1 and have no gaps", () => {
  const levels = (text: string) =>
    all(parseMarkdown(text)).flatMap((node) => (node.kind === "heading" ? [node.level] : []));
  expect(levels("## a\n\n### b\n\n## c")).toEqual([1, 2, 1]);
  expect(levels("# a\n\n#### b\n\n> ###### c")).toEqual([1, 2, 3]);
  expect(levels("### a\n\n# b\n\n### c")).toEqual([1, 1, 2]);
});
