/** Secrets of requests: read from files, sent to one host alone, never shown. */

import { readFileSync, statSync } from "node:fs";

export interface Credentials {
  /** The host, with port, that they are for. */
  readonly host: string;
  /** Header names in lower case, with their values. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a file of a secret is not taken; one clause for a located error. */
export class SecretFileError extends Error {
  override readonly name = "SecretFileError";
}

const OTHERS_MAY_READ = 0o077;

/**
 * The secret in a file: its first line.
 *
 * @throws SecretFileError if it cannot be read, is empty, or other accounts may read it
 */
export function readSecret(path: string): string {
  let text: string;
  try {
    if (process.platform !== "win32" && (statSync(path).mode & OTHERS_MAY_READ) !== 0) {
      throw new SecretFileError(`other accounts may read ${path}: run chmod 600 on it`);
    }
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof SecretFileError) throw error;
    throw new SecretFileError(`${path} cannot be read: ${(error as Error).message}`);
  }
  const [secret] = text.replace(/^\ufeff/, "").split(/\r?\n/);
  if (secret === "") throw new SecretFileError(`the first line of ${path} is empty`);
  return secret;
}

/** The value of the Authorization header of RFC 7617. */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

/** The headers of the credentials if the address is that of their host, else none. */
export function headersFor(
  credentials: Credentials | null,
  url: URL,
): Readonly<Record<string, string>> {
  return credentials !== null && credentials.host === url.host ? credentials.headers : {};
}
