/** What is kept under a key, made where it is not. */
export function kept<Key, Item>(items: Map<Key, Item>, key: Key, make: () => Item): Item {
  const item = items.get(key) ?? make();
  items.set(key, item);
  return item;
}

/** What is made once for two things. */
export function perPair<A extends object, B extends object, More extends unknown[], Item>(
  make: (a: A, b: B, ...more: More) => Item,
): (a: A, b: B, ...more: More) => Item {
  const known = new WeakMap<A, WeakMap<B, Item>>();
  return (a, b, ...more) => {
    const items = known.get(a) ?? new WeakMap<B, Item>();
    known.set(a, items);
    const item = items.get(b) ?? make(a, b, ...more);
    items.set(b, item);
    return item;
  };
}
