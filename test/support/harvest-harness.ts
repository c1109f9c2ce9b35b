/** Harvests of a repository on the loopback into a folder of a test, with a clock that never waits. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RepositoryConfig } from "../../src/config/harvest/harvest-config.js";
import { loadHarvestConfig } from "../../src/config/harvest/load-harvest.js";
import { DEFAULT_RUN_OPTIONS } from "../../src/config/job/run-options.js";
import type { DiskRoom } from "../../src/harvest/disk-room.js";
import { localLists } from "../../src/harvest/list-feed.js";
import { type HarvestResult, harvestRepository } from "../../src/running/harvest-night.js";
import type { RunHooks } from "../../src/running/import-loop.js";
import type { HarvestOptions } from "../../src/running/night.js";
import { makeFiles } from "../config/files.js";
import { OaiRepository } from "./oai-repository.js";
import { otherProgram } from "./other-program.js";

export const MINIMAL = "[r_field_map]\ndc:title = title\ndc:identifier = url\n";

export class Harvests {
  /** By the clock of this side. */
  now = Date.parse("2026-11-28T03:00:00Z");
  readonly waits: number[] = [];

  private constructor(
    readonly repository: OaiRepository,
    readonly folder: string,
  ) {}

  static async begin(): Promise<Harvests> {
    return new Harvests(await OaiRepository.start(), makeFiles({}));
  }

  async end(): Promise<void> {
    await this.repository.stop();
  }

  /** Writes a file beside the configuration. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  get database(): string {
    return join(this.folder, "ivia.sqlite");
  }

  config(lines = "", rest = MINIMAL): RepositoryConfig {
    const { folder } = this;
    const files = {
      "main.conf": `[Database]
path = "${this.database}"
[Logging]
directory = "${join(this.folder, "log")}"
[Repositories]
harvest_list = "R"
[R]
base_url = "${this.repository.url}"
foreign_source = "r"
spool = "${join(this.folder, "spool")}"
${lines.includes("metadata_prefix") ? "" : "metadata_prefix = oai_dc"}
${lines.includes("mapping") ? "" : 'field_map_section = "r_field_map"'}
${lines}
${rest}`,
      "marc.conf": '[Settings]\nforeign_source = "x"\n[title]\nfield1 = "245 * * a"\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { config } = loadHarvestConfig("main.conf", { cwd: folder });
    return config.repositories[0];
  }

  /** A night: an hour later the next may come. */
  async night(
    options: Partial<Omit<HarvestOptions, "run">> & {
      readonly run?: Partial<HarvestOptions["run"]>;
    } = {},
    {
      lines = "",
      rest = MINIMAL,
      hooks = {},
      patience = 20_000,
      room,
    }: {
      lines?: string;
      rest?: string;
      hooks?: RunHooks;
      patience?: number;
      room?: () => DiskRoom;
    } = {},
  ): Promise<HarvestResult> {
    const defaults = {
      full: false,
      fetchOnly: false,
      importOnly: false,
      restart: false,
      from: null,
      until: null,
    };
    return harvestRepository({
      repository: this.config(lines, rest),
      options: { ...defaults, ...options, run: { ...DEFAULT_RUN_OPTIONS, ...options.run } },
      lists: localLists(patience),
      ...(room === undefined ? {} : { room }),
      hooks,
      surroundings: {
        now: () => this.now,
        random: () => 0.5,
        sleep: async (ms) => {
          this.waits.push(ms);
          this.now += ms;
        },
      },
    });
  }

  /** What a process that was killed holds falls with it. */
  processDied(): void {
    if (!existsSync(this.database)) return;
    otherProgram(this.database, (db) => db.exec("DELETE FROM import_lease"));
  }

  query<T>(sql: string): T[] {
    return otherProgram(this.database, (db) => db.prepare<[], T>(sql).all());
  }

  /** `id title` of each row, by id. */
  rows(): string[] {
    return this.query<{ foreign_id: string; title: string }>(
      "SELECT foreign_id, title FROM record_info ORDER BY foreign_id",
    ).map(({ foreign_id: id, title }) => `${id.slice(id.lastIndexOf(":") + 1)} ${title}`);
  }

  /** The lines of the log. */
  log(): string[] {
    const path = join(this.folder, "log/OAI-PMH-importer/OAI-PMH-importer.log");
    return readFileSync(path, "utf8").trimEnd().split("\n");
  }

  /** The position, null for none. */
  position(): string | null {
    return (
      this.query<{ position: string }>("SELECT position FROM harvest_positions")[0]?.position ??
      null
    );
  }
}
