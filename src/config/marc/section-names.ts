/** Which sections there may be, and what to say of others. */

import type { RecordField } from "../../fields/record-fields.js";
import type { ProblemList } from "../language/problems.js";
import type { Section } from "../language/sections.js";
import { suggestion } from "../language/suggest.js";
import { isBuiltIn } from "./field-rules.js";
import { SECTIONS } from "./rule-keys.js";
import { DESCRIPTION_PREFIX } from "./setting-types.js";

/** What stands in the table of keys for sections of any name. */
const PLACEHOLDERS = ["description.NAME", "FIELD"];

/** The sections of the program's own, without those of record fields. */
const OWN_SECTIONS = Object.keys(SECTIONS).filter((name) => !PLACEHOLDERS.includes(name));

/** Reports every section that is neither known nor a record field that a mapping may fill. */
export function checkSections(
  sections: ReadonlyMap<string, Section>,
  fields: readonly RecordField[],
  problems: ProblemList,
): void {
  const mappable = fields.filter((field) => field.mappable).map((field) => field.name);
  const known = [...new Set([...OWN_SECTIONS, ...mappable])];
  for (const section of sections.values()) {
    const reason = whyNot(section.name, known, fields);
    if (reason !== null) {
      problems.add(section.order, { at: section.at, found: section.text, ...reason });
    }
  }
}

interface Reason {
  readonly problem: string;
  readonly allowed: string;
  readonly advice: string;
}

function whyNot(
  name: string,
  known: readonly string[],
  fields: readonly RecordField[],
): Reason | null {
  if (known.includes(name)) {
    return null;
  }
  const allowed = `${known.join(", ")}, ${DESCRIPTION_PREFIX}NAME`;
  if (name.startsWith(DESCRIPTION_PREFIX)) {
    return whyNotMethod(name.slice(DESCRIPTION_PREFIX.length));
  }
  if (fields.some((field) => field.name === name)) {
    const advice =
      name === "record_type"
        ? "delete the section: the program says itself what is a serial"
        : `write ${name} = "…" in [Settings] instead`;
    return { problem: `the field ${name} is not filled from MARC fields`, allowed, advice };
  }
  const advice = suggestion(
    name,
    known,
    `if "${name}" is to be a field of its own, name it in extra_fields of [Database]; otherwise delete the section`,
  );
  return { problem: `"${name}" is neither a section nor a record field`, allowed, advice };
}

function whyNotMethod(name: string): Reason | null {
  if (name !== "" && !isBuiltIn(name)) {
    return null;
  }
  return {
    problem:
      name === "" ? "the description method has no name" : `${name} is a method of the program`,
    allowed: `${DESCRIPTION_PREFIX}NAME with a NAME that no method has yet`,
    advice: `choose a name of your own, as in [${DESCRIPTION_PREFIX}ours]`,
  };
}
