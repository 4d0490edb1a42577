/** A page of a list; `nextCursor` is null on the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Somebody, as others see them. */
export interface Person {
  id: string;
  name: string;
}
