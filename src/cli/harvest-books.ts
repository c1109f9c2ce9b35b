/** How far harvests have come by the database: `status`; and `forget`. */

import { existsSync } from "node:fs";
import { EXIT } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { runName } from "../running/run-name.js";
import { openToWrite, releaseQuietly, takeLease } from "../running/take-lease.js";
import { openToRead } from "../store/open.js";
import type { Console } from "./console.js";
import { loadHarvests, repositoryNamed } from "./harvest-configuration.js";
import type { SharedFlags } from "./options.js";

export async function status(
  path: string | undefined,
  flags: SharedFlags,
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
      if (again > 0) to.out(printable(`${name}: ${askedAgain(again)}`));
    } finally {
      view.close();
    }
  }
  return EXIT.done;
}

function askedAgain(count: number): string {
  return count === 1
    ? "1 rejected record is asked for again"
    : `${count} rejected records are asked for again`;
}

export async function forget(
  name: string,
  path: string | undefined,
  flags: SharedFlags,
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
