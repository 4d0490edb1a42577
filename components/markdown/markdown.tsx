import { clsx } from "clsx";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "../ui/code-block.tsx";
import { anchorOf, type MarkdownNode, parseMarkdown } from "./tree.ts";

interface MarkdownProps {
  text: string;
  /** The level of the page's heading above the text: the text's own headings follow below it. */
  below?: 1 | 2 | 3;
  className?: string;
}

/** A Markdown text as React elements. No HTML of the text reaches the page, so that it can't contain a script. */
export function Markdown({ text, below = 1, className }: MarkdownProps) {
  return (
    <div className={clsx("prose grid min-w-0 gap-3", className)}>{render(parseMarkdown(text), below)}</div>
  );
}

function render(nodes: readonly MarkdownNode[], below: number): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no identity but their place
  return nodes.map((node, index) => <Fragment key={index}>{element(node, below)}</Fragment>);
}

function element(node: MarkdownNode, below: number): ReactNode {
  switch (node.kind) {
    case "text":
      return node.text;
    case "break":
      return <br />;
    case "rule":
      return <hr className="border-border" />;
    case "code":
      return <code className="rounded bg-hover px-1 py-0.5 font-mono text-[0.92em]">{node.text}</code>;
    case "code-block":
      return <CodeBlock title={node.language || "Code"} code={node.text.replace(/\n$/, "")} />;
    case "image":
      // The Content-Security-Policy allows no images of other sites: they would learn who reads.
      return <SafeLink href={node.href}>{node.text || node.href}</SafeLink>;
    case "link":
      return <SafeLink href={node.href}>{render(node.children, below)}</SafeLink>;
    case "heading":
      return (
        <Heading level={node.level + below} id={anchorOf(node.children)}>
          {render(node.children, below)}
        </Heading>
      );
    case "list":
      return node.ordered ? (
        <ol start={node.start} className="grid list-decimal gap-1 pl-6">
          {render(node.children, below)}
        </ol>
      ) : (
        <ul className="grid list-disc gap-1 pl-6">{render(node.children, below)}</ul>
      );
    case "cell":
      return node.header ? (
        <th className="border-b border-border px-3 py-1.5 text-left font-medium">
          {render(node.children, below)}
        </th>
      ) : (
        <td className="border-b border-border px-3 py-1.5 align-top">{render(node.children, below)}</td>
      );
    default:
      return container(node, below);
  }
}

function container(node: Extract<MarkdownNode, { children: MarkdownNode[] }>, below: number): ReactNode {
  const children = render(node.children, below);
  switch (node.kind) {
    case "paragraph":
      return <p>{children}</p>;
    case "quote":
      return (
        <blockquote className="grid gap-2 border-l-2 border-edge pl-4 text-muted">{children}</blockquote>
      );
    case "item":
      return <li>{children}</li>;
    case "strong":
      return <strong className="font-semibold">{children}</strong>;
    case "emphasis":
      return <em>{children}</em>;
    case "deleted":
      return <del>{children}</del>;
    case "table":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
        <div className="overflow-x-auto" tabIndex={0}>
          <table className="text-sm">{children}</table>
        </div>
      );
    case "table-head":
      return <thead>{children}</thead>;
    case "table-body":
      return <tbody>{children}</tbody>;
    case "row":
      return <tr>{children}</tr>;
    default:
      return children;
  }
}

function SafeLink({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return <span>{children}</span>;
  const elsewhere = /^https?:/i.test(href);
  return (
    <a
      href={href}
      {...(elsewhere && { rel: "noopener noreferrer nofollow", target: "_blank" })}
      className="rounded text-accent underline underline-offset-2"
    >
      {children}
    </a>
  );
}

function Heading({ level, id, children }: { level: number; id: string; children: ReactNode }) {
  const Tag = `h${Math.min(6, level)}` as "h2";
  return (
    <Tag id={id || undefined} className={clsx("mt-2 scroll-mt-6 font-semibold", level <= 2 && "text-lg")}>
      {children}
    </Tag>
  );
}
