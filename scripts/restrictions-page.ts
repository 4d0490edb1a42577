import { readFileSync, writeFileSync } from "node:fs";
import { REMEDIES } from "#core/denial-remedies.ts";
import { DENIALS } from "#core/denials.ts";
import { ENTRY_ERRORS, NOTICES, SET_ERRORS } from "#core/restrictions/messages.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { ERROR_EXAMPLES, NOTICE_EXAMPLES } from "./restriction-examples.ts";

/** `node scripts/restrictions-page.ts` writes the lists of docs/integrate/restrictions.md from the code. */
export const PAGE = "docs/integrate/restrictions.md";

/** The page with updated lists. */
export function withLists(page: string): string {
  return page.replace(/(<!-- list: (\w+) -->\n).*?(<!-- end -->)/gs, (_, begin, name, end) => {
    const list = LISTS[name];
    if (list === undefined) throw new Error(`no list ${name}`);
    return `${begin}\n${list()}\n\n${end}`;
  });
}

const LISTS: Record<string, () => string> = {
  denials: () => {
    const sections = VERDICT_CODES.filter((code) => code !== "VALID").map((code) => {
      const { when, message, variants: or = {} } = DENIALS[code];
      const says = [message, ...Object.values(or)];
      return [
        `### ${code}`,
        when,
        ...says.map((words) => `> ${words}`),
        `**What to do:** ${REMEDIES[code]}`,
      ].join("\n\n");
    });
    return sections.join("\n\n");
  },
  errors: () =>
    table([
      ["code", "example", "message", "suggestions"],
      ...Object.entries(ERROR_EXAMPLES).map(([code, { entry, parsed, inWords }]) => {
        const suggested = parsed.ok ? "" : parsed.suggestions.map(asCode).join(", ");
        const says = plain(ENTRY_ERRORS[code as keyof typeof ENTRY_ERRORS]);
        return [`\`${code}\``, inWords ? entry : asCode(entry), says, suggested];
      }),
    ]),
  sets: () =>
    table([
      ["message", "when", "what to do"],
      ...Object.values(SET_ERRORS).map(({ message, when, remedy }) => [plain(message), when, remedy]),
    ]),
  notices: () =>
    table([
      ["code", "example", "saved as", "message"],
      ...Object.entries(NOTICE_EXAMPLES).map(([code, { entry, parsed }]) => {
        const saved = parsed.ok ? asCode(parsed.text.replace(/@.*/, "@…")) : "";
        return [`\`${code}\``, asCode(entry), saved, plain(NOTICES[code as keyof typeof NOTICES])];
      }),
    ]),
};

function asCode(text: string): string {
  return text === "" ? "_nothing_" : `\`${text}\``;
}

/** Escapes Markdown. */
function plain(words: string): string {
  return words.replace(/[*\\]/g, "\\$&");
}

/** A table as the formatter lays it out. */
function table([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, at) =>
    Math.max(3, ...[head, ...rows].map((cells) => (cells[at] ?? "").length)),
  );
  const line = (cells: string[], fill = " ") =>
    `| ${widths.map((width, at) => (cells[at] ?? "").padEnd(width, fill)).join(" | ")} |`;
  return [line(head), line([], "-"), ...rows.map((cells) => line(cells))].join("\n");
}

if (import.meta.main) writeFileSync(PAGE, withLists(readFileSync(PAGE, "utf8")));
