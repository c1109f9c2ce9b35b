/** The kinds of value that keep secrets out of a configuration: headers, and files of secrets and certificates. */

import { readFileSync, statSync } from "node:fs";
import { ValueError } from "../language/problems.js";
import { PATH, refuse, valueType } from "../language/value-types.js";

/** Refuses a value without showing it. */
export function refuseSecret(problem: string, allowed: string, advice: string): ValueError {
  return new ValueError(problem, allowed, advice, true);
}

const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\u0000-\u001f\u007f]*)$/;
const OF_SECRETS = /authori[sz]ation|cookie|key|token|secret|pass|auth|session/i;

/** `header`: a line that is sent with every request; secrets stand in files. */
export const HEADER_LINE = valueType('"Name: value", or "" for none', (text) => {
  if (text === "") return "";
  const parts = HEADER.exec(text);
  if (parts !== null && OF_SECRETS.test(parts[1])) {
    throw refuseSecret(
      `${parts[1]} is a header that carries a secret`,
      "headers without secrets; a secret stands in a file that only its owner may read",
      `put the line "${parts[1]}: …" into a file, run chmod 600 on it, and write header_file = FILE`,
    );
  }
  if (parts === null) {
    throw refuse(
      text,
      "not a header",
      HEADER_LINE.allowed,
      'write the name, a colon and the value, such as "Accept-Language: en"',
    );
  }
  return text;
});

/** For whoever is not the owner. */
const OTHERS_MAY_READ = 0o077;

function firstLine(path: string): string {
  try {
    return readFileSync(path, "utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/)[0];
  } catch (error) {
    throw refuse(
      path,
      `not a file that can be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      "a file that the account of the importer can read",
      "correct the name, or create the file",
    );
  }
}

/** A file whose first line is a secret, and which only its owner may read; the path made absolute. */
export const SECRET_FILE = valueType(
  "a file that only its owner may read, its path relative to the file that states it",
  (text, context) => {
    const path = PATH.parse(text, context);
    const line = firstLine(path);
    if (process.platform !== "win32" && (statSync(path).mode & OTHERS_MAY_READ) !== 0) {
      throw refuse(
        path,
        "a file that other accounts may read or write",
        "a file that only its owner may read (mode 600 or 400)",
        `run chmod 600 ${path}`,
      );
    }
    if (line.trim() === "") {
      throw refuse(
        path,
        "a file with nothing on its first line",
        SECRET_FILE.allowed,
        "write the secret on the first line of that file",
      );
    }
    return path;
  },
);

/** `header_file`: the line of a header, kept as a secret. */
export const HEADER_FILE = valueType(SECRET_FILE.allowed, (text, context) => {
  const path = SECRET_FILE.parse(text, context);
  if (!HEADER.test(firstLine(path).trim())) {
    throw refuse(
      path,
      "a file whose first line is no header",
      '"Name: value" on the first line',
      "write the name, a colon and the value on the first line of that file",
    );
  }
  return path;
});

/** `ca_file`: certificates in PEM, the path made absolute. */
export const CERTIFICATES = valueType(
  "a file of certificates (PEM), its path relative to the file that states it",
  (text, context) => {
    const path = PATH.parse(text, context);
    firstLine(path);
    if (!readFileSync(path, "utf8").includes("-----BEGIN CERTIFICATE-----")) {
      throw refuse(
        path,
        "a file without a certificate",
        CERTIFICATES.allowed,
        "name a file that holds -----BEGIN CERTIFICATE-----",
      );
    }
    return path;
  },
);
