/** Which runs' work on a row still stands, when some of them have been undone, and undoing undone. */

/**
 * @param runs the runs that changed one row, in the order in which they did
 * @param undoes by run, the run that it took back; absent for imports
 * @returns the runs whose changes the row shows, oldest first. Undoing a run puts the row back to
 *   what it was before that run, whatever came between.
 */
export function standingRuns(
  runs: readonly number[],
  undoes: ReadonlyMap<number, number>,
): readonly number[] {
  const before = new Map<number, Standing | null>();
  let standing: Standing | null = null;
  for (const run of runs) {
    if (!before.has(run)) before.set(run, standing);
    const undone = undoes.get(run);
    if (undone === undefined) standing = { run, upon: standing };
    else {
      const left: Standing | null | undefined = before.get(undone);
      // One that came before all of `runs` took them along when it was undone.
      standing = left === undefined ? { run, upon: null } : left;
    }
  }
  return listed(standing);
}

/** The run that changed a row last, of those that stand, and what it stands upon. */
interface Standing {
  readonly run: number;
  readonly upon: Standing | null;
}

function listed(last: Standing | null): number[] {
  const runs: number[] = [];
  for (let one = last; one !== null; one = one.upon) runs.push(one.run);
  return runs.reverse();
}
