/** What the database says of harvests: `status`, `runs`; and what changes it back: `forget`, `undo`. */

import { existsSync } from "node:fs";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { runName } from "../running/run-name.js";
import { openToWrite, releaseQuietly, takeLease } from "../running/take-lease.js";
import { leftText, undoRun, undoText, wouldText } from "../running/undo.js";
import { openToRead } from "../store/open.js";
import type { Console } from "./console.js";
import type { AskFlags } from "./harvest-ask.js";
import { loadHarvests, repositoryNamed } from "./harvest-load.js";
import { watchSignals } from "./signals.js";

export async function status(
  path: string | undefined,
  flags: AskFlags,
  to: Console,
): Promise<number> {
  const config = loadHarvests(path, flags, to);
  for (const repository of config.repositories) {
    const { name } = repository;
    if (!existsSync(config.database.path)) {
      to.out(`${printable(name)}: not harvested yet`);
      continue;
    }
    const view = await openToRead(repository);
    try {
      const positions = view.store.harvests.positions(name);
      if (positions.length === 0) to.out(`${printable(name)}: not harvested yet`);
      for (const one of positions) {
        const set = one.setSpec === "" ? "" : ` set ${one.setSpec}`;
        to.out(
          printable(
            `${name}${set}: up to ${one.position}, everything last ${one.fullHarvestAt ?? "never"}, deletedRecord ${one.deletedRecord || "not stated"}`,
          ),
        );
      }
      const again = view.store.harvests.retries(name, 10_000).length;
      if (again > 0) to.out(printable(`${name}: ${again} rejected records are asked for again`));
    } finally {
      view.close();
    }
  }
  return EXIT.done;
}

export async function runs(
  path: string | undefined,
  flags: AskFlags,
  to: Console,
): Promise<number> {
  const config = loadHarvests(path, flags, to);
  const [first] = config.repositories;
  const view = await openToRead(first);
  try {
    for (const run of view.store.runs.list()) {
      const { outcomes, recordsRead } = run.totals;
      const counts = Object.entries(outcomes)
        .filter(([, count]) => count > 0)
        .map(([outcome, count]) => `${outcome} ${count}`);
      to.out(
        printable(
          `${run.run}  ${run.command}  ${run.status}  ${run.foreignSource}  ${recordsRead} records  ${counts.join(", ")}`,
        ),
      );
    }
  } finally {
    view.close();
  }
  return EXIT.done;
}

export async function forget(
  name: string,
  path: string | undefined,
  flags: AskFlags,
  to: Console,
): Promise<number> {
  const repository = repositoryNamed(loadHarvests(path, flags, to), name);
  if (!existsSync(repository.database.path)) {
    to.out(`${printable(name)}: not harvested yet`);
    return EXIT.done;
  }
  const store = await openToWrite(repository, { wait: 0 });
  try {
    const lease = await takeLease(store, { run: runName(new Date()), wait: 0 });
    try {
      const count = store.transaction((books) => books.forgetHarvest(name));
      to.out(
        count === 0
          ? `${printable(name)}: nothing was known`
          : `${printable(name)}: forgotten; the next harvest asks for everything, and rows stay as they are`,
      );
    } finally {
      releaseQuietly(lease);
    }
  } finally {
    store.close();
  }
  return EXIT.done;
}

export async function undo(
  run: string,
  path: string | undefined,
  flags: AskFlags,
  to: Console,
): Promise<number> {
  const [repository] = loadHarvests(path, flags, to).repositories;
  if (run === "last") {
    throw new Failure(
      "usage",
      "a harvest is taken back by its name",
      "`OAI-PMH-importer runs` lists the names.",
    );
  }
  const signals = watchSignals();
  const dryRun = flags.dryRun ?? false;
  try {
    const result = await undoRun({
      config: repository,
      run,
      dryRun,
      force: flags.force ?? false,
      wait: flags.wait ?? 0,
      stopSignal: signals.received,
      ...(dryRun ? { onStep: (row) => to.out(wouldText(row)) } : {}),
      onLeft: (row) => to.out(leftText(row)),
      onLoss: (text) => to.out(text),
    });
    to.out(undoText(result));
    if (result.remark !== null) to.out(result.remark);
    return result.exitStatus;
  } finally {
    signals.stop();
  }
}
