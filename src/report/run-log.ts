/**
 * The log of a run: `<directory>/MARC_import/MARC_importer.log`, shared by all runs, one line an
 * event. Lines are gathered and handed to winston once a portion, and the run waits until they are
 * taken, so that neither memory nor a single line is lost at any level.
 */

import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { LoggingSettings, Verbosity } from "../config/job/job-config.js";
import { LogFile } from "./log-file.js";

/** From which verbosity on an event is logged, by its kind. */
export const LEVELS = { error: 1, warning: 2, total: 2, info: 3, record: 4, explain: 5 } as const;
type Level = keyof typeof LEVELS;

/** Values beside the message, for `log_format = json`. */
type EventFields = Readonly<Record<string, unknown>>;

interface Sink {
  write(text: string): Promise<void>;
  close(): void;
}

export class RunLog {
  private lines: string[] = [];
  private sink: Sink | null = null;

  private constructor(
    private readonly settings: LoggingSettings,
    private readonly run: string,
    private readonly clock: () => Date,
  ) {}

  /** The folder of the log and of the files that belong to one run. */
  static folder(settings: LoggingSettings): string {
    const { program = "MARC_import", directory } = settings;
    // The directory may be the one of this program already.
    return program !== "MARC_import" && basename(directory) === program
      ? directory
      : join(directory, program);
  }

  static path(settings: LoggingSettings): string {
    const { program = "MARC_import" } = settings;
    const name = program === "MARC_import" ? "MARC_importer" : program;
    return join(RunLog.folder(settings), `${name}.log`);
  }

  /**
   * @param run the name of the run, on every line
   * @throws the error of the file system if the log cannot be written
   */
  static open(
    settings: LoggingSettings,
    run: string,
    clock: () => Date = () => new Date(),
  ): RunLog {
    if (settings.verbosity > 0) {
      mkdirSync(RunLog.folder(settings), { recursive: true });
      mustBeFile(RunLog.path(settings));
      closeSync(openSync(RunLog.path(settings), "a"));
    }
    return new RunLog(settings, run, clock);
  }

  get verbosity(): Verbosity {
    return this.settings.verbosity;
  }

  get format(): "text" | "json" {
    return this.settings.format;
  }

  /** Whether an event of that level would be written: ask before building an expensive message. */
  writes(level: Level): boolean {
    return LEVELS[level] <= this.settings.verbosity;
  }

  /** Notes one event; `message` is one line, or several for `explain`. */
  add(level: Level, message: string, fields: EventFields = {}): void {
    if (!this.writes(level)) return;
    const time = this.clock().toISOString();
    this.lines.push(
      this.settings.format === "json"
        ? JSON.stringify({ time, run: this.run, level, message, ...fields })
        : textLines(`${time} ${this.run} ${level.padEnd(7)} `, message),
    );
  }

  /**
   * Hands the gathered lines over and waits until they are in the file.
   *
   * @throws the error of the disk if it does not take them
   */
  async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    const text = this.lines.join("\n");
    this.lines = [];
    this.sink ??= await openSink(this.settings);
    await this.sink.write(text);
  }

  /**
   * Writes what is left and closes the file.
   *
   * @throws the error of the disk if it does not take it
   */
  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      this.sink?.close();
      this.sink = null;
    }
  }
}

/** A FIFO would keep whoever opens it waiting until somebody reads it. */
function mustBeFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFIFO() && !stats?.isSocket()) return;
  throw Object.assign(new Error(`${path} is a FIFO or a socket`), {
    code: "ENXIO",
    syscall: "open",
  });
}

/** Every line of a message carries the prefix, so that grep finds all of them. */
function textLines(prefix: string, message: string): string {
  return prefix + message.replaceAll("\n", `\n${prefix}`);
}

async function openSink(settings: LoggingSettings): Promise<Sink> {
  const { createLogger, format, transports } = await import("winston");
  const { maxSize, keep } = settings;
  const file = new LogFile({ path: RunLog.path(settings), maxSize, keep });
  const logger = createLogger({
    level: "info",
    format: format.printf((entry) => String(entry.message)),
    transports: [new transports.Stream({ stream: file, eol: "\n" })],
  });
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        file.once("taken", () => {
          const failure = file.takeFailure();
          if (failure) reject(failure);
          else resolve();
        });
        logger.write({ level: "info", message: text });
      }),
    close: () => {
      logger.close();
      file.destroy();
    },
  };
}
