import { expect, expectTypeOf, it } from "vitest";
import type { BusinessCase } from "../../../scenarios/index.ts";
import { businessCaseSchema, type ParsedCase } from "../../../scenarios/schema.ts";

// Each way: only the years of an index differ, which JSON writes as texts and the type calls numbers.
it("infers the type of the file, no wider and no narrower", () => {
  expectTypeOf<ParsedCase>().toExtend<BusinessCase>();
  expectTypeOf<BusinessCase>().toExtend<ParsedCase>();
  expect(businessCaseSchema.safeParse({}).success).toBe(false);
});
