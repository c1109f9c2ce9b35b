/** How a repository is asked: what its configuration says, as the client for HTTP needs it. */

import { readFileSync } from "node:fs";
import type { HarvestSettings } from "../config/harvest/harvest-config.js";
import { Failure } from "../diagnostics/failure.js";
import { version } from "../diagnostics/version.js";
import { basicAuthorization, readSecret, SecretFileError } from "../web/credentials.js";
import { DEFAULT_WEB_SETTINGS, type WebSettings } from "../web/settings.js";

/**
 * Reads secrets and certificates from their files.
 *
 * @throws Failure (2) for a file that cannot be used
 */
export function webSettings(settings: HarvestSettings): WebSettings {
  const { contact, proxy, caFile } = settings;
  const about = contact === "" ? "" : ` (${contact.includes("@") ? "mailto:" : ""}${contact})`;
  return {
    ...DEFAULT_WEB_SETTINGS,
    userAgent: `OAI-PMH-importer/${version()}${about}`,
    firstByteMs: settings.timeoutMs,
    silenceMs: settings.idleTimeoutMs,
    maxBodyBytes: settings.maxPageSize,
    tries: settings.retries,
    delayMs: settings.delayMs,
    maxWaitMs: settings.maxWaitMs,
    credentials: { host: new URL(settings.baseUrl).host, headers: headersOf(settings) },
    certificates: caFile === null ? null : secretOf(() => readFileSync(caFile, "utf8")),
    proxy: proxy === "" ? null : new URL(proxy),
  };
}

function headersOf(settings: HarvestSettings): Record<string, string> {
  const { username, passwordFile, header, headerFile } = settings;
  const headers: Record<string, string> = {};
  const add = (line: string): void => {
    const at = line.indexOf(":");
    if (at > 0) headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  };
  if (header !== "") add(header);
  if (headerFile !== null) add(secretOf(() => readSecret(headerFile)));
  if (passwordFile !== null) {
    headers.authorization = basicAuthorization(
      username,
      secretOf(() => readSecret(passwordFile)),
    );
  }
  return headers;
}

function secretOf(read: () => string): string {
  try {
    return read();
  } catch (error) {
    const what =
      error instanceof SecretFileError ? error.message : String((error as Error).message);
    throw new Failure(
      "usage",
      what,
      "Correct the file, or the key of the configuration that names it.",
    );
  }
}
