import { expect, test } from "vitest";
import type { DeclaredShape } from "#core/token-shape.ts";
import type { Db } from "#db/open.ts";
import { ShapeList } from "./shape-list.ts";

test("a read that began earlier and ends later does not bring older shapes back", async () => {
  const reads: ((shapes: DeclaredShape[]) => void)[] = [];
  const list = new ShapeList(
    {} as Db,
    () => {},
    () => new Promise((resolve) => reads.push(resolve)),
  );
  const [first, second] = [list.load(), list.load()];
  const shape = (prefix: string): DeclaredShape[] => [{ prefix, minLength: 20, maxLength: 20, pending: [] }];
  reads[1]?.(shape("newer"));
  await second;
  reads[0]?.(shape("older"));
  await first;
  expect(list.current).toEqual(shape("newer"));
});
