/** Zip archives, made byte by byte, sound or as one asks for them (PKWARE's APPNOTE.TXT 6.3). */

import { crc32, deflateRawSync } from "node:zlib";

export interface ZippedFile {
  readonly name: string;
  readonly bytes?: Buffer | string;
  /** Not deflated. */
  readonly stored?: boolean;
  /** Says that it is encrypted. */
  readonly encrypted?: boolean;
  readonly method?: number;
  /** What the archive says of it, where that is not so. */
  readonly says?: { readonly crc?: number; readonly size?: number; readonly packed?: number };
  /** Whether its sizes and its place stand where those of large files do. */
  readonly zip64?: boolean;
}

const FULL = 0xffffffff;

function fields(...parts: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Buffer {
  return Buffer.concat(
    parts.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 8) field.writeBigUInt64LE(BigInt(value));
      else field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

/** An archive of these files in their order; a name that ends with `/` is a folder. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const bytes = Buffer.from(file.bytes ?? "");
    const data = file.stored ? bytes : deflateRawSync(bytes);
    const method = file.method ?? (file.stored ? 0 : 8);
    const { crc = crc32(bytes), size = bytes.length, packed = data.length } = file.says ?? {};
    const name = Buffer.from(file.name);
    const flags = 0x800 | (file.encrypted ? 1 : 0);
    const { zip64 = false } = file;
    const told = (value: number) => (zip64 ? FULL : value);
    const extra = zip64
      ? fields([1, 2], [24, 2], [size, 8], [packed, 8], [offset, 8])
      : Buffer.alloc(0);
    const common = fields([45, 2], [flags, 2], [method, 2], [0, 4], [crc, 4]);
    const sizes = fields([told(packed), 4], [told(size), 4], [name.length, 2]);
    const head = Buffer.concat([
      ...[
        fields([0x04034b50, 4]),
        common,
        fields([packed, 4], [size, 4], [name.length, 2], [0, 2]),
      ],
      name,
    ]);
    local.push(head, data);
    central.push(
      ...[fields([0x02014b50, 4], [45, 2]), common, sizes, fields([extra.length, 2], [0, 8])],
      ...[fields([0, 2], [told(offset), 4]), name, extra],
    );
    offset += head.length + data.length;
  }
  const directory = Buffer.concat(central);
  const count = files.length;
  const end = fields(
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...local, directory, end]);
}
