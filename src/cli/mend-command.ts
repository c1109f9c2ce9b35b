/** `MARC_import mend FILE… -o OUT`. */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { InputFormat } from "../config/job/run-options.js";
import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import { DEFAULT_MAX_RECORD_SIZE } from "../config/marc/rule-keys.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import type { PassedOver } from "../input/archive.js";
import { inputNames } from "../input/open.js";
import { Mender } from "../making/mend.js";
import { recordChoice } from "../making/record-choice.js";
import { OutputStream } from "../output/output-stream.js";
import { formatOfName, recordWriter, type WrittenFormat } from "../output/record-writer.js";
import { inspectionsObject, inspectionText, leftOutText } from "../report/inspection-text.js";
import { RejectFiles } from "../running/reject-files.js";
import type { Console } from "./console.js";
import { outputPath } from "./output-file.js";
import { stoppedBy, watchSignals } from "./signals.js";

export interface MendFlags {
  readonly output: string;
  /** By the name of the output if absent. */
  readonly format?: WrittenFormat;
  readonly inputFormat: InputFormat;
  readonly encoding: ConfiguredEncoding;
  readonly id?: readonly string[];
  readonly filter?: readonly string[];
  readonly limit?: number;
  readonly allowEmpty?: boolean;
  readonly json?: boolean;
}

/** Writes what can be read, and prints what was found on the way; the exit status is that of an import. */
export async function mendFiles(
  files: readonly string[],
  flags: MendFlags,
  to: Console,
): Promise<number> {
  const wants = recordChoice({ ids: flags.id ?? [], filters: flags.filter ?? [] });
  const path = outputPath(flags.output, to.cwd, files);
  const rejects = new RejectFiles(rejectStem(path, to.cwd, files));
  const output = new OutputStream(path);
  const writer = recordWriter(flags.format ?? formatOfName(path));
  const signals = watchSignals();
  const mender = new Mender(
    { writer, output, rejects },
    {
      format: flags.inputFormat,
      encoding: flags.encoding,
      allowEmpty: flags.allowEmpty ?? false,
      maxRecordSize: DEFAULT_MAX_RECORD_SIZE,
      limit: flags.limit ?? null,
      wants,
      between: async () => {
        // A signal is only heard when nothing else is under way.
        await nextTurn();
        const signal = signals.received();
        if (signal !== null) throw stoppedBy(signal, "mend");
      },
    },
  );
  try {
    output.write(writer.head);
    const inspections = [];
    const leftOut: PassedOver[] = [];
    const opening = { format: flags.inputFormat, allowEmpty: flags.allowEmpty ?? false };
    for (const file of files) {
      const { paths, passedOver } = await inputNames(file, opening);
      leftOut.push(...passedOver);
      for (const path of paths) {
        if (!mender.isFull) inspections.push(await mender.mend(path));
      }
    }
    output.write(writer.tail);
    output.finish();
    // What goes to a pipe that reads records must not have a report among them.
    const tell = (text: string) => (output.isFile ? to.out(text) : to.error(text));
    const { written, tooLong } = mender;
    if (flags.json) {
      const report = {
        ...inspectionsObject(inspections, { unread: [], leftOut }),
        written,
        too_long: tooLong,
      };
      tell(JSON.stringify({ ...report, rejects_file: rejects.path }, null, 2));
    } else {
      for (const inspection of inspections) tell(inspectionText(inspection));
      for (const one of leftOut) tell(leftOutText(one));
      tell(summary(path, mender, rejects));
    }
    return rejects.path === null ? EXIT.done : EXIT.rejects;
  } catch (error) {
    // Whoever read standard output has what they wanted, as of an export.
    if (!output.isFile && isClosedPipe(error)) return EXIT.done;
    throw error;
  } finally {
    signals.stop();
    output.discard();
    rejects.close();
  }
}

function isClosedPipe(error: unknown): boolean {
  const cause = error instanceof Failure ? error.cause : null;
  return cause instanceof Error && "code" in cause && cause.code === "EPIPE";
}

function summary(path: string, { written, tooLong }: Mender, rejects: RejectFiles): string {
  const lines = [`${path}: ${written} ${written === 1 ? "record" : "records"} written`];
  if (tooLong > 0) {
    lines.push(
      `  ${tooLong} longer than ISO 2709 can say (M901); --format marcxml and --format json have room for them`,
    );
  }
  if (rejects.path !== null) {
    lines.push(`  what could not be written is in ${rejects.path}, why in ${rejects.jsonlPath}`);
  }
  return lines.join("\n");
}

/** `clean.mrc` has its rejects in `clean.rejects.mrc` and `clean.rejects.jsonl`, which may not be there yet. */
function rejectStem(path: string, cwd: string, files: readonly string[]): string {
  const isDevice = path.startsWith("/dev/");
  const stem = isDevice ? `${cwd}/mend` : path.replace(/\.[^./]*$/, "");
  for (const end of [".rejects.mrc", ".rejects.jsonl"])
    outputPath(stem + end, cwd, [...files, path]);
  return stem;
}
