/** Which records a list of filter rules lets through, without a mapping around them. */

import type { FilterRule } from "../../config/marc/marc-mapping.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { RuleCompiler } from "./compile.js";
import { MappingContext } from "./context.js";
import { Filters } from "./filters.js";
import { RuleRunner } from "./run-rule.js";
import { SubfieldReader } from "./subfields.js";
import { TagSlots } from "./tag-slots.js";

/** Tells of each record whether every `include` rule holds for it and no `exclude` rule. */
export function recordFilter(rules: readonly FilterRule[]): (record: MarcRecord) => boolean {
  const slots = new TagSlots();
  const context = new MappingContext(slots);
  const runner = new RuleRunner(context, new SubfieldReader(context), null);
  const filters = new Filters(rules, new RuleCompiler(slots), runner);
  return (record) => {
    context.load(record, null);
    return filters.refuse(null) === null;
  };
}
