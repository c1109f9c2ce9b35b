/** Where the core is read from. In the bundle another module stands for this one, which holds the bytes. */

import { readFileSync } from "node:fs";

/** The core as WebAssembly. @throws if it is not built */
export function coreBytes(): Uint8Array {
  return readFileSync(new URL("../../../dist/core.wasm", import.meta.url));
}
