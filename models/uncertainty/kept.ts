/** What is kept under a key, made where it is not. */
export function kept<Key, Item>(items: Map<Key, Item>, key: Key, make: () => Item): Item {
  const item = items.get(key) ?? make();
  items.set(key, item);
  return item;
}
