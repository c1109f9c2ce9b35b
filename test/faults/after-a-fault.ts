/** How an import ended that met a fault, and whether the next one puts things right. */

import { expect } from "vitest";
import type { Failure } from "../../src/diagnostics/failure.js";
import type { RunFolder } from "../support/run-harness.js";
import { FILES } from "./jobs.js";
import { differences, type WholeState, wholeState, withoutRuns } from "./whole-state.js";

/** The failure of an import of `FILES`, thrown or told; null if it came to its end. */
export async function failureOf(
  folder: RunFolder,
): Promise<Pick<Failure, "message" | "exitStatus"> | null> {
  try {
    return (await folder.import(FILES)).failure;
  } catch (error) {
    return error as Failure;
  }
}

/**
 * Resumes the import of `FILES`, which must then have done what an undisturbed one does.
 *
 * @param straight what an undisturbed one leaves
 */
export async function mustEndRight(
  folder: RunFolder,
  straight: WholeState,
  where: string,
): Promise<void> {
  const isDone = folder.with((store) => store.runs.list().at(-1)?.status === "done");
  const { summary } = await folder.import(FILES, { resume: true });
  const state = wholeState(folder.path, summary.rejectsFile);
  // Where only the log was cut short there was nothing left to resume.
  const found = isDone
    ? differences(withoutRuns(straight), withoutRuns(state))
    : differences(straight, state);
  expect(found, where).toEqual([]);
  expect(state.import_lease).toBe("");
}
