/** What one client is told of how to ask. */

import type { Credentials } from "./credentials.js";
import type { Recorder, Replay } from "./recording.js";

/** Time and chance, so that tests need neither. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; ends early, without failing, when `signal` asks to stop. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

export interface WebSettings {
  /** Who asks, with an address to write to. */
  readonly userAgent: string;
  /** Milliseconds until the head of the answer must be there. */
  readonly firstByteMs: number;
  /** Milliseconds of silence within a body. */
  readonly silenceMs: number;
  /** Decoded bytes of one body at most. */
  readonly maxBodyBytes: number;
  /** Tries of one request, the first included. */
  readonly tries: number;
  /** Milliseconds between the end of one request and the next. */
  readonly delayMs: number;
  /** Milliseconds that the other side may ask to wait; beyond, the request fails as deferred. */
  readonly maxWaitMs: number;
  readonly credentials: Credentials | null;
  /** Certificates (PEM) that are trusted beside those of the system. */
  readonly certificates: string | null;
  /** A proxy that is asked by CONNECT for https and by whole addresses for http. */
  readonly proxy: URL | null;
  /** Where the conversation is kept. */
  readonly recorder: Recorder | null;
  /** What answers in place of the network; null for the network. */
  readonly replay: Replay | null;
  readonly surroundings: Surroundings;
}

export const SYSTEM_SURROUNDINGS: Surroundings = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener("abort", done, { once: true });
    }),
};

const MINUTE = 60_000;

export const DEFAULT_WEB_SETTINGS: Omit<WebSettings, "userAgent"> = {
  firstByteMs: 10 * MINUTE,
  silenceMs: MINUTE,
  maxBodyBytes: 1024 * 1024 * 1024,
  tries: 6,
  delayMs: 0,
  maxWaitMs: 60 * MINUTE,
  credentials: null,
  certificates: null,
  proxy: null,
  recorder: null,
  replay: null,
  surroundings: SYSTEM_SURROUNDINGS,
};
