import { formatDecimal } from "#core/format.ts";
import type { StatementLine } from "#core/plans/statement.ts";

export const statementsText = {
  title: "Statements",
  titleOf: (month: string) => `Statement of ${month}`,
  facts: "Requests and units of a calendar month (UTC), by API, plan and operation.",
  status: { provisional: "Provisional", closed: "Closed" },
  closes: "Closes",
  previous: "Previous month",
  next: "Next month",
  csv: "CSV",
  print: "Print",
  columns: {
    operation: "Operation",
    requests: "Requests",
    units: "Units",
    included: "Included",
    over: "Over",
    price: "Price",
    amount: "Amount",
  },
  noPlan: "No plan",
  plan: (name: string, version: number) => `${name}, version ${version}`,
  trial: "Trial",
  total: "Total",
  fee: "Monthly price",
  unknown: "Without a known operation",
  unlisted: "Paths and names that the API does not list",
  late: (month: string) => `Counted after the statement of ${month} was closed`,
  price: ({ kind, price, currency }: Pick<StatementLine, "kind" | "price" | "currency">) => {
    if (price === null) return "–";
    const amount = `${formatDecimal(price)} ${currency}`;
    return kind === "fee" ? `${amount} per month` : `${amount} per 1,000`;
  },
  amount: (amount: string | null, currency: string | null) =>
    amount === null ? "–" : `${formatDecimal(amount)} ${currency}`,
  empty: { title: "No usage in this month", body: "Allowed requests of the project's keys appear here." },
  rule: "A month closes 48 hours after its end. Usage of an hour belongs to the plan and terms in effect when the hour begins. Amounts are rounded half up to the smallest unit of the currency, line by line. They are information: nothing is charged here.",
};
