import MarkdownIt, { type Token } from "markdown-it";

/** A part of a Markdown text. Only these kinds exist: HTML in the source is text. */
export type MarkdownNode =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "rule" }
  | { kind: "code"; text: string }
  | { kind: "code-block"; text: string; language: string }
  | { kind: "image"; text: string; href: string | null }
  | { kind: "link"; href: string | null; children: MarkdownNode[] }
  | { kind: "heading"; level: number; children: MarkdownNode[] }
  | { kind: "list"; ordered: boolean; start: number; children: MarkdownNode[] }
  | { kind: "cell"; header: boolean; children: MarkdownNode[] }
  | { kind: ContainerKind; children: MarkdownNode[] };

type ContainerKind =
  | "paragraph"
  | "quote"
  | "item"
  | "strong"
  | "emphasis"
  | "deleted"
  | "table"
  | "table-head"
  | "table-body"
  | "row"
  /** A paragraph of a tight list, or an element that is not shown itself. */
  | "fragment";

/** Longer texts are cut: parsing takes time that grows with them. */
export const MAX_MARKDOWN_LENGTH = 200_000;

const parser = new MarkdownIt({ html: false, linkify: true, breaks: false, maxNesting: 40 });

/**
 * Parses CommonMark with tables and strikethrough. Raw HTML stays text, and links have safe schemes only. Headings have
 * levels from 1 without gaps, whichever the text uses: screen readers navigate by them.
 */
export function parseMarkdown(source: string): MarkdownNode[] {
  const tree = treeOf(parser.parse(source.slice(0, MAX_MARKDOWN_LENGTH), {}));
  const headings = headingsOf(tree);
  const used = [...new Set(headings.map(({ level }) => level))].sort();
  let before = 0;
  for (const heading of headings) {
    heading.level = Math.min(used.indexOf(heading.level) + 1, before + 1);
    before = heading.level;
  }
  return tree;
}

type HeadingNode = Extract<MarkdownNode, { kind: "heading" }>;

/** In the order of the text. */
function headingsOf(nodes: readonly MarkdownNode[]): HeadingNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === "heading") return [node];
    return "children" in node ? headingsOf(node.children) : [];
  });
}

interface Open {
  children: MarkdownNode[];
}

function treeOf(tokens: readonly Token[]): MarkdownNode[] {
  const root: Open = { children: [] };
  const open: Open[] = [root];
  for (const token of tokens) {
    const parent = open.at(-1) ?? root;
    if (token.nesting === -1) {
      if (open.length > 1) open.pop();
    } else if (token.nesting === 1) {
      const node = containerOf(token);
      parent.children.push(node);
      open.push(node);
    } else if (token.type === "inline") parent.children.push(...treeOf(token.children ?? []));
    else {
      const leaf = leafOf(token);
      if (leaf) parent.children.push(leaf);
    }
  }
  return root.children;
}

const CONTAINERS: Record<string, ContainerKind> = {
  blockquote_open: "quote",
  list_item_open: "item",
  strong_open: "strong",
  em_open: "emphasis",
  s_open: "deleted",
  table_open: "table",
  thead_open: "table-head",
  tbody_open: "table-body",
  tr_open: "row",
};

function containerOf(token: Token): MarkdownNode & Open {
  const children: MarkdownNode[] = [];
  switch (token.type) {
    case "paragraph_open":
      return { kind: token.hidden ? "fragment" : "paragraph", children };
    case "heading_open":
      return { kind: "heading", level: Number(token.tag.slice(1)) || 6, children };
    case "link_open":
      return { kind: "link", href: safeHref(token.attrGet("href")), children };
    case "bullet_list_open":
    case "ordered_list_open": {
      const start = Number(token.attrGet("start") ?? 1);
      return { kind: "list", ordered: token.type === "ordered_list_open", start, children };
    }
    case "th_open":
    case "td_open":
      return { kind: "cell", header: token.type === "th_open", children };
    default:
      return { kind: CONTAINERS[token.type] ?? "fragment", children };
  }
}

function leafOf(token: Token): MarkdownNode | null {
  switch (token.type) {
    case "softbreak":
      return { kind: "text", text: "\n" };
    case "hardbreak":
      return { kind: "break" };
    case "hr":
      return { kind: "rule" };
    case "code_inline":
      return { kind: "code", text: token.content };
    case "fence":
    case "code_block":
      return { kind: "code-block", text: token.content, language: languageOf(token.info) };
    case "image":
      return { kind: "image", text: token.content, href: safeHref(token.attrGet("src")) };
    default:
      return token.content === "" ? null : { kind: "text", text: token.content };
  }
}

function languageOf(info: string): string {
  return /^[\w+#.-]{1,20}/.exec(info.trim())?.[0] ?? "";
}

/**
 * The target of a link if its scheme is http, https or mailto, or if it is a path or fragment of this site; otherwise
 * null. A path that begins with two slashes or a backslash would be another site.
 */
export function safeHref(href: string | number | null): string | null {
  if (typeof href !== "string" || href.length > 2_000) return null;
  if (/^(#|\/(?![/\\]))[^\\\s]*$/.test(href)) return href;
  if (!/^(https?:\/\/|mailto:)/i.test(href) || !URL.canParse(href)) return null;
  return href;
}

/** The name of a heading in URLs; empty if nothing is left. */
export function anchorOf(nodes: readonly MarkdownNode[]): string {
  return plainText(nodes)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}

/** The text of parts without their markup. */
export function plainText(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => ("children" in node ? plainText(node.children) : "text" in node ? node.text : " "))
    .join("");
}
