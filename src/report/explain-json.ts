/** `explain --json`: one object a record. Keys are stable and documented in docs/explain.schema.json. */

import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type Place, ruleRemark } from "./explain-remarks.js";
import type {
  Explanation,
  FieldTrace,
  RuleTrace,
  ShownField,
  ShownHarvested,
  ShownRecord,
} from "./explanation.js";

/** The version of the keys below. */
const EXPLAIN_SCHEMA_VERSION = 1;

/**
 * The object that stands for one record.
 *
 * @param place how a `file:line` is written
 */
export function explanationObject(told: Explanation, place: Place): Record<string, unknown> {
  const { trace, decision } = told;
  return {
    schema_version: EXPLAIN_SCHEMA_VERSION,
    record: {
      file: told.file,
      number: told.number,
      offset: told.offset,
      length: told.length,
      control_number: told.controlNumber,
      foreign_source: told.foreignSource,
      foreign_id: told.foreignId,
      leader: trace.record.leader,
      encoding: trace.record.encoding,
      fields: trace.record.fields.map(fieldObject),
    },
    ...(trace.harvested === undefined ? {} : { harvest: harvestObject(trace.harvested) }),
    diagnostics: told.diagnostics.map(diagnosticObject),
    filters: trace.filters.map((filter) => ({
      ...ruleObject(filter, trace.record, place),
      kind: filter.kind,
      holds: filter.holds,
    })),
    mapping: trace.mapping.map((field) => mappingObject(field, trace.record, place)),
    row: told.row,
    keys: told.keys,
    existing: told.existing && {
      record_id: told.existing.recordId,
      foreign_source: told.existing.foreignSource,
      foreign_id: told.existing.foreignId,
      merged: told.existing.merged,
      title: told.existing.title,
    },
    candidates: told.candidates.map((candidate) => ({
      record_id: candidate.recordId,
      foreign_source: candidate.foreignSource,
      priority: candidate.priority,
      method: candidate.method,
      key: candidate.key,
      title: candidate.title,
    })),
    not_taken: told.notTaken.map(({ recordId, foreignSource, method, key, title, veto }) => ({
      record_id: recordId,
      foreign_source: foreignSource,
      method,
      key,
      title,
      differs: veto,
    })),
    compared: told.weighing.weighed.map((one) => ({
      record_id: one.recordId,
      foreign_source: one.foreignSource,
      title: one.title,
      keys: one.keys,
      verdict: one.verdict,
      points: one.points,
      outcomes: one.outcomes,
      differs: one.veto,
      at_most_possible: one.caps,
      decided: one.decided,
    })),
    keys_left_out: told.weighing.leftOut,
    not_looked_for: told.notLookedFor,
    decision: {
      outcome: decision.outcome,
      record_id: decision.recordId,
      policy: decision.policy,
      cell: decision.cell,
      reason: decision.reason,
      removes: decision.removes,
    },
    result: told.result,
    changes: told.changes,
  };
}

function fieldObject(field: ShownField): Record<string, unknown> {
  const { tag, indicators, text, subfields, pairedWith } = field;
  if (indicators === null) return { tag, text };
  const paired = pairedWith === null ? {} : { paired_with: pairedWith };
  return { tag, indicators, subfields, ...paired };
}

function harvestObject(harvested: ShownHarvested): Record<string, unknown> {
  const { identifier, datestamp, deleted, setSpecs, elements, candidates } = harvested;
  return {
    identifier,
    datestamp,
    deleted,
    sets: setSpecs,
    elements: elements.map(({ label, ...element }) => ({ element: label, ...element })),
    candidates,
  };
}

function diagnosticObject(found: Diagnostic): Record<string, unknown> {
  const { name, severity, message } = codeEntry(found.code);
  return { ...found, name, severity, message };
}

/** How one record field came to its value. */
export function mappingObject(
  field: FieldTrace,
  record: ShownRecord,
  place: Place,
): Record<string, unknown> {
  return {
    field: field.field,
    rules: field.rules.map((rule) => ruleObject(rule, record, place)),
    steps: field.steps,
    value: field.value,
  };
}

function ruleObject(rule: RuleTrace, record: ShownRecord, place: Place): Record<string, unknown> {
  const { name, at, matches } = rule;
  return { name, rule: rule.rule, at: place(at), matches, remark: ruleRemark(rule, record) };
}
