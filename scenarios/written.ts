import type { BusinessCase, Expression } from "./caseFile.ts";

/**
 * What stands in a case at a path such as `states/bijstand/flows/0/amount`: steps are keys, ids in a list, or places.
 *
 * @returns the number or formula as written; undefined where the path leads to something else
 */
export function writtenAt(file: BusinessCase, path: string): Expression | undefined {
  let value: unknown = file;
  for (const step of path.split("/")) {
    if (Array.isArray(value)) {
      const list: unknown[] = value;
      const named = list.find(
        (item) => typeof item === "object" && item !== null && "id" in item && item.id === step,
      );
      value = named ?? (/^\d+$/.test(step) ? list[Number(step)] : undefined);
    } else if (typeof value === "object" && value !== null && Object.hasOwn(value, step)) {
      value = Reflect.get(value, step);
    } else return undefined;
  }
  if (typeof value === "object" && value !== null && "value" in value) value = value.value;
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}
