/**
 * Writes MARC 21 records (ISO 2709) from a line notation that a cataloguer can read:
 *
 *     LDR nam i                    leader/05, 06, 07, a blank, leader/18; # is a blank
 *     001 sm-001
 *     008 =s 1996 #### mau eng     type of date, date 1, date 2, place, language, form of item (optional)
 *     245 10 $aTitle /$cby Name.   two indicators, # for the blank one, then $ and a subfield code;
 *                                  $$ is a dollar sign
 *
 * Each function is pure, so that the same lines always make the same bytes.
 */

const FIELD_END = "\x1e";
const RECORD_END = "\x1d";
const SUBFIELD = "\x1f";
/** The date that every sample record was entered on (008/00-05). */
const ENTERED = "240115";

/**
 * The bytes of one record.
 *
 * @param {string} lines the record in line notation
 * @param {"utf-8" | "marc-8"} encoding utf-8 encodes the characters and sets leader/09; marc-8 takes
 *   each character of `lines` as one byte
 * @returns {Buffer}
 * @throws {Error} for a line that cannot be read, or a record over 99,999 bytes
 */
export function encodeRecord(lines, encoding) {
  const [leaderLine, ...fieldLines] = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const charset = encoding === "utf-8" ? "utf8" : "latin1";
  const fields = fieldLines.map((line) => parseField(line, charset));
  let directory = "";
  let start = 0;
  for (const { tag, data } of fields) {
    directory += tag + digits(data.length, 4) + digits(start, 5);
    start += data.length;
  }
  const base = 24 + directory.length + 1;
  const leader = leaderText(leaderLine, encoding, base + start + 1, base);
  return Buffer.concat([
    Buffer.from(leader + directory + FIELD_END, "latin1"),
    ...fields.map((field) => field.data),
    Buffer.from(RECORD_END, "latin1"),
  ]);
}

/** The number as exactly `width` digits. */
function digits(value, width) {
  const text = String(value).padStart(width, "0");
  if (text.length > width) throw new Error(`${value} does not fit into ${width} digits`);
  return text;
}

function leaderText(line, encoding, length, base) {
  const match = /^LDR (.)(.)(.) (.)$/.exec(line);
  if (!match) throw new Error(`not a leader line: ${line}`);
  const [status, type, level, rules] = match.slice(1).map((code) => code.replace("#", " "));
  const coding = encoding === "utf-8" ? "a" : " ";
  const [size, start] = [digits(length, 5), digits(base, 5)];
  return `${size}${status}${type}${level} ${coding}22${start} ${rules} 4500`;
}

function parseField(line, charset) {
  const tag = line.slice(0, 3);
  const rest = line.slice(4);
  if (!/^[0-9]{3} /.test(line)) throw new Error(`not a field line: ${line}`);
  const text = tag < "010" ? controlText(tag, rest) : dataText(rest, line);
  return { tag, data: Buffer.from(text + FIELD_END, charset) };
}

function controlText(tag, rest) {
  return tag === "008" && rest.startsWith("=") ? fixedField(rest.slice(1)) : rest;
}

/** 008 with the positions that all materials share; 18-34 blank but for the form of item (23). */
function fixedField(parts) {
  const [dateType, date1, date2, place, language, form = " "] = parts.split(" ");
  const material = `     ${form}           `;
  const text = `${ENTERED}${dateType}${date1}${date2}${place}${material}${language} d`;
  const fixed = text.replaceAll("#", " ");
  if (fixed.length !== 40) throw new Error(`008 of ${fixed.length} characters: ${parts}`);
  return fixed;
}

function dataText(rest, line) {
  const match = /^([0-9#]{2}) (\$.*)$/s.exec(rest);
  if (!match) throw new Error(`not a data field: ${line}`);
  const subfields = match[2].replace(/\$(\$?)/g, (_, second) => second || SUBFIELD);
  return match[1].replaceAll("#", " ") + subfields;
}
